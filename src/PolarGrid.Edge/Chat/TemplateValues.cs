using System.Globalization;
using System.Text.Json;

namespace PolarGrid.Edge.Chat;

/// <summary>JSON values for template variables that outlive the request's body.</summary>
internal static class TemplateValues
{
    public static JsonElement True { get; } = Parse("true");

    public static JsonElement False { get; } = Parse("false");

    /// <param name="word">One of a fixed set of words without characters that JSON escapes.</param>
    public static JsonElement Text(string word) => Parse($"\"{word}\"");

    public static JsonElement Number(long number) => Parse(number.ToString(CultureInfo.InvariantCulture));

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
