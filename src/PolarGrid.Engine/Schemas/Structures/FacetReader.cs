using System.Numerics;
using System.Text.Json;
using PolarGrid.Engine.Schemas.Numbers;
using PolarGrid.Engine.Schemas.Texts;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Reads the keywords of schemas that apply together. A keyword that cannot be enforced is refused; unknown ones say nothing.</summary>
internal sealed class FacetReader(List<SchemaPart> parts)
{
    private readonly Facets facets = new() { First = parts[0] };

    public static Facets Read(List<SchemaPart> parts)
    {
        var reader = new FacetReader(parts);
        foreach (var part in parts)
        {
            if (part.Element.ValueKind != JsonValueKind.Object) continue;
            foreach (var keyword in part.Element.EnumerateObject())
            {
                part.SpendOn(keyword.Name, keyword.Value);
                reader.ReadKeyword(part, keyword.Name, keyword.Value);
            }
        }

        return reader.facets;
    }

    private void ReadKeyword(SchemaPart part, string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "type":
                facets.NamesTypes = true;
                facets.Types &= TypesOf(part, value);
                break;
            case "enum":
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) throw part.Fault(keyword, "A list of at least one value is expected.");
                if (value.GetArrayLength() > SchemaLimits.EnumValues) throw part.Fault(keyword, $"The list has {value.GetArrayLength()} values; {SchemaLimits.EnumValues} are allowed.");
                Restrict(part, [.. value.EnumerateArray()]);
                break;
            case "const":
                Restrict(part, [value]);
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                Hint(ValueTypes.Number);
                ReadBound(part, keyword, value);
                break;
            case "multipleOf":
                Hint(ValueTypes.Number);
                ReadStep(part, value);
                break;
            case "minLength":
                Hint(ValueTypes.String);
                facets.LeastLength = Math.Max(facets.LeastLength, Count(part, keyword, value));
                break;
            case "maxLength":
                Hint(ValueTypes.String);
                facets.MostLength = Smaller(facets.MostLength, Count(part, keyword, value));
                break;
            case "pattern":
                Hint(ValueTypes.String);
                ReadPattern(part, Text(part, keyword, value));
                break;
            case "format":
                ReadFormat(part, Text(part, keyword, value));
                break;
            case "not":
                Negation.Read(facets, part, value);
                break;
            case "$dynamicRef" or "$recursiveRef":
                throw part.Fault(keyword, "Only '$ref' is followed.");
            case "dependentRequired" or "dependencies":
                // Whoever writes has made alternatives of it; whoever only looks is told that there are some.
                Hint(ValueTypes.Object);
                break;
            case "if" or "dependentSchemas":
                throw part.Fault(keyword, "This keyword cannot be enforced; describe what is allowed instead, for example with 'anyOf'.");
            default:
                StructureReader.Read(facets, part, keyword, value);
                break;
        }
    }

    internal static ValueTypes TypesOf(SchemaPart part, JsonElement value)
    {
        var names = value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                value.EnumerateArray().Select(item => item.GetString()!).ToArray(),
            _ => throw part.Fault("type", "The name of a type or a list of them is expected."),
        };
        var types = ValueTypes.None;
        foreach (var name in names)
        {
            types |= name switch
            {
                "object" => ValueTypes.Object,
                "array" => ValueTypes.Array,
                "string" => ValueTypes.String,
                "number" => ValueTypes.Number,
                "integer" => ValueTypes.Integer,
                "boolean" => ValueTypes.Boolean,
                "null" => ValueTypes.Null,
                _ => throw part.Fault("type", $"There is no type '{(name.Length > 40 ? name[..40] + "…" : name)}'."),
            };
        }

        // OpenAPI 3.0.
        return part.TryGet("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True ? types | ValueTypes.Null : types;
    }

    private void Hint(ValueTypes types) => facets.Hinted |= types;

    private void Restrict(SchemaPart part, List<JsonElement> values)
    {
        if (facets.Values is { } known)
        {
            var keys = ValueKey.Of(part, values);
            values = known.FindAll(value => keys.Contains(ValueKey.Of(part, value)));
        }

        facets.Values = values;
    }

    private void ReadBound(SchemaPart part, string keyword, JsonElement value)
    {
        // Draft 4: a flag beside the bound.
        var lower = keyword is "minimum" or "exclusiveMinimum";
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False && keyword.StartsWith("excl", StringComparison.Ordinal)) return;
        var bound = Number(part, keyword, value);
        var flag = lower ? "exclusiveMinimum" : "exclusiveMaximum";
        var excluded = keyword == flag || (part.TryGet(flag, out var draft4) && draft4.ValueKind == JsonValueKind.True);
        facets.Numbers = lower ? facets.Numbers.AtLeast(bound, excluded) : facets.Numbers.AtMost(bound, excluded);
        if (!NumberRules.IsExact(facets.Numbers)) throw part.Fault(keyword, "A bound that is itself excluded may have at most 15 digits.");
    }

    private void ReadStep(SchemaPart part, JsonElement value)
    {
        var step = Number(part, "multipleOf", value);
        if (step.Unscaled.Sign <= 0) throw part.Fault("multipleOf", "A number above 0 is expected.");
        if (step.IsInteger)
        {
            var whole = step.Floor();
            var known = facets.Step ?? BigInteger.One;
            facets.Step = known / BigInteger.GreatestCommonDivisor(known, whole) * whole;
            return;
        }

        if (!step.Whole.IsZero || step.Fraction.TrimStart('0') != "1" || step.Fraction.Length > 9)
        {
            throw part.Fault("multipleOf", "Only whole numbers and 0.1, 0.01 … can be enforced.");
        }

        facets.FractionDigits = Math.Min(facets.FractionDigits ?? int.MaxValue, step.Fraction.Length);
    }

    private void ReadPattern(SchemaPart part, string text)
    {
        if (facets.Pattern is { } known && known.Text != text) throw part.Fault("pattern", "Two patterns for one text cannot be enforced together.");
        facets.Pattern = (text, part);
    }

    private void ReadFormat(SchemaPart part, string name)
    {
        if (TextFormats.Annotations.Contains(name)) return;
        var bounds = name switch
        {
            "int32" => ("-2147483648", "2147483647"),
            "uint32" => ("0", "4294967295"),
            "int64" => ("-9223372036854775808", "9223372036854775807"),
            "uint64" => ("0", "18446744073709551615"),
            _ => default,
        };
        if (bounds.Item1 is not null)
        {
            Hint(ValueTypes.Integer);
            facets.Numbers = facets.Numbers.AtLeast(DecimalNumber.Read(bounds.Item1)!.Value, false).AtMost(DecimalNumber.Read(bounds.Item2)!.Value, false);
            return;
        }

        Hint(ValueTypes.String);
        if (!TextFormats.TryFind(name, out _))
        {
            var shown = name.Length > 40 ? name[..40] + "…" : name;
            throw part.Fault("format", $"The format '{shown}' cannot be enforced; there are: {string.Join(", ", TextFormats.Names)}.");
        }

        if (facets.Format is { } known && known.Name != name) throw part.Fault("format", "Two formats for one text cannot be enforced together.");
        facets.Format = (name, part);
    }

    private static DecimalNumber Number(SchemaPart part, string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number) throw part.Fault(keyword, "A number is expected.");
        return DecimalNumber.Read(value.GetRawText()) ?? throw part.Fault(keyword, "The number's exponent is out of range.");
    }

    private static string Text(SchemaPart part, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw part.Fault(keyword, "A text is expected.");

    internal static long Count(SchemaPart part, string keyword, JsonElement value)
    {
        var count = Number(part, keyword, value);
        if (count.IsNegative || !count.IsInteger) throw part.Fault(keyword, "A whole number from 0 up is expected.");
        return count.Whole <= Grammars.GrammarLimits.Repetitions
            ? (long)count.Whole
            : throw part.Fault(keyword, $"At most {Grammars.GrammarLimits.Repetitions} can be enforced.");
    }

    internal static long Smaller(long? known, long count) => Math.Min(known ?? long.MaxValue, count);
}
