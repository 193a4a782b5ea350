using System.Text.Json;

namespace PolarGrid.Edge.Tests.Hosting;

/// <summary>Reads answers.</summary>
internal static class Http
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> ErrorAsync(this HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("error");

    /// <summary>The events of a whole stream, comments left out.</summary>
    public static async Task<List<string>> EventsAsync(this HttpResponseMessage response) =>
        Events(await response.Content.ReadAsStringAsync());

    public static List<string> Events(string stream) =>
        [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(block => !block.StartsWith(':'))
            .Select(block => block.StartsWith("data: ", StringComparison.Ordinal) ? block[6..] : throw new FormatException(block))];
}
