using System.Globalization;
using System.Text;
using System.Text.Json;
using PolarGrid.Engine.Schemas.Numbers;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>A text for each value of an <c>enum</c>, the same for equal values: <c>1</c> and <c>1.0</c>, members in another order.</summary>
internal static class ValueKey
{
    public static HashSet<string> Of(SchemaPart part, List<JsonElement> values)
    {
        var keys = new HashSet<string>(values.Count, StringComparer.Ordinal);
        foreach (var value in values) keys.Add(Of(part, value));
        return keys;
    }

    public static string Of(SchemaPart part, JsonElement value)
    {
        part.SpendOn(value);
        var key = new StringBuilder();
        Write(part, value, key);
        return key.ToString();
    }

    private static void Write(SchemaPart part, JsonElement value, StringBuilder key)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                key.Append('{');
                foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    key.Append(Gbnf.JsonText(property.Name)).Append(':');
                    Write(part, property.Value, key);
                    key.Append(',');
                }

                key.Append('}');
                break;
            case JsonValueKind.Array:
                key.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(part, item, key);
                    key.Append(',');
                }

                key.Append(']');
                break;
            case JsonValueKind.String:
                key.Append(Gbnf.JsonText(value.GetString()!));
                break;
            case JsonValueKind.Number:
                var number = DecimalNumber.Read(value.GetRawText())
                    ?? throw part.Fault("enum", "A listed number's exponent or count of digits is out of range, so it cannot be compared.");
                var (unscaled, scale) = number.Reduced();
                key.Append(CultureInfo.InvariantCulture, $"{unscaled}/{scale}");
                break;
            default:
                key.Append(value.GetRawText());
                break;
        }
    }
}
