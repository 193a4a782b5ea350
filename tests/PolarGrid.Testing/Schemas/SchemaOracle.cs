using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PolarGrid.Testing.Schemas;

/// <summary>
/// Says whether a value satisfies a JSON Schema (2020-12), straight from the specification's words; knows nothing of grammars. Throws
/// for a keyword that it does not know.
/// </summary>
public sealed class SchemaOracle(JsonElement root)
{
    /// <returns>Null when the value satisfies the schema, else where and why not.</returns>
    public string? Fault(JsonElement value) => Fault(root, value, "$");

    private string? Fault(JsonElement schema, JsonElement value, string at)
    {
        if (schema.ValueKind == JsonValueKind.True) return null;
        if (schema.ValueKind == JsonValueKind.False) return $"{at}: nothing may be here";
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Check(schema, keyword.Name, keyword.Value, value, at) is { } fault) return fault;
        }

        return null;
    }

    private string? Check(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string at)
    {
        var holds = keyword switch
        {
            "title" or "description" or "$defs" => true,
            "type" => rule.ValueKind == JsonValueKind.Array
                ? rule.EnumerateArray().Any(type => Is(type.GetString()!, value))
                : Is(rule.GetString()!, value),
            "enum" => rule.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)),
            "const" => JsonElement.DeepEquals(rule, value),
            "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(),
            "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(),
            "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > rule.GetDouble(),
            "exclusiveMaximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() < rule.GetDouble(),
            "minLength" => value.ValueKind != JsonValueKind.String || Length(value) >= rule.GetInt32(),
            "maxLength" => value.ValueKind != JsonValueKind.String || Length(value) <= rule.GetInt32(),
            "pattern" => value.ValueKind != JsonValueKind.String || Matches(rule.GetString()!, value.GetString()!),
            "format" => value.ValueKind != JsonValueKind.String || TextFormatOracle.Holds(rule.GetString()!, value.GetString()!),
            "required" => value.ValueKind != JsonValueKind.Object || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= rule.GetInt32(),
            "maxProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() <= rule.GetInt32(),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
            "uniqueItems" => rule.ValueKind != JsonValueKind.True || value.ValueKind != JsonValueKind.Array
                || value.EnumerateArray().Index().All(left => value.EnumerateArray().Skip(left.Index + 1).All(right => !JsonElement.DeepEquals(left.Item, right))),
            "contains" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => Fault(rule, item, at) is null),
            "not" => Fault(rule, value, at) is not null,
            "dependentRequired" => value.ValueKind != JsonValueKind.Object || rule.EnumerateObject().All(dependent => !value.TryGetProperty(dependent.Name, out _)
                || dependent.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _))),
            "anyOf" => rule.EnumerateArray().Any(option => Fault(option, value, at) is null),
            "oneOf" => rule.EnumerateArray().Count(option => Fault(option, value, at) is null) == 1,
            _ => (bool?)null,
        };
        if (holds is { } known) return known ? null : $"{at}: {keyword} {rule.GetRawText()}";
        return keyword switch
        {
            "allOf" => First(rule.EnumerateArray(), option => Fault(option, value, at)),
            "$ref" => Fault(Resolve(rule.GetString()!), value, at),
            "properties" => value.ValueKind != JsonValueKind.Object ? null : First(
                value.EnumerateObject(), own => rule.TryGetProperty(own.Name, out var inner) ? Fault(inner, own.Value, $"{at}.{own.Name}") : null),
            "additionalProperties" => value.ValueKind != JsonValueKind.Object ? null : First(
                value.EnumerateObject().Where(own => !IsNamed(schema, own.Name)), own => Fault(rule, own.Value, $"{at}.{own.Name}")),
            "prefixItems" => value.ValueKind != JsonValueKind.Array ? null : First(
                value.EnumerateArray().Zip(rule.EnumerateArray()).Index(), pair => Fault(pair.Item.Second, pair.Item.First, $"{at}[{pair.Index}]")),
            "items" => value.ValueKind != JsonValueKind.Array ? null : First(
                value.EnumerateArray().Skip(schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0),
                item => Fault(rule, item, $"{at}[]")),
            _ => throw new NotSupportedException($"The oracle does not know '{keyword}'."),
        };
    }

    private static bool IsNamed(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    private static string? First<T>(IEnumerable<T> items, Func<T, string?> fault) => items.Select(fault).FirstOrDefault(found => found is not null);

    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Abs(value.GetDouble() % 1) <= double.Epsilon,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };

    /// <summary>
    /// In .NET <c>$</c> also matches before a last line end, characters beyond U+FFFF count as two, and <c>\s</c> knows ASCII only.
    /// </summary>
    private static bool Matches(string pattern, string text)
    {
        pattern = pattern.Replace("\\s", @"[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]", StringComparison.Ordinal);
        if (pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal)) pattern = pattern[..^1] + "\\z";
        var flat = string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp ? rune.ToString() : "\u4e00"));

        // A pattern may be ambiguous enough that trying again at every place takes forever. What takes no longer for that knows no ECMAScript,
        // whose classes are ASCII only: they are written out, where they stand alone.
        var alone = !Regex.IsMatch(pattern, @"\[[^\]]*\\[dw]");
        if (alone) pattern = pattern.Replace("\\d", "[0-9]", StringComparison.Ordinal).Replace("\\w", "[0-9A-Za-z_]", StringComparison.Ordinal);
        var options = alone && !Regex.IsMatch(pattern, @"\\[DWSbB]") ? RegexOptions.NonBacktracking : RegexOptions.ECMAScript;
        return Regex.IsMatch(flat, pattern, RegexOptions.CultureInvariant | options, TimeSpan.FromSeconds(5));
    }

    private JsonElement Resolve(string reference) =>
        reference[2..].Split('/').Aggregate(root, (at, name) => at.ValueKind == JsonValueKind.Array
            ? at[int.Parse(name, CultureInfo.InvariantCulture)]
            : at.GetProperty(name));
}
