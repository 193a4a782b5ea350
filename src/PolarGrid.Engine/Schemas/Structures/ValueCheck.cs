using System.Text.Json;
using PolarGrid.Engine.Schemas.Numbers;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Which values of an <c>enum</c> the other keywords beside it leave.</summary>
internal static class ValueCheck
{
    public static bool Admits(Facets facets, JsonElement value)
    {
        var type = TypeOf(value);
        if ((facets.Types & type) == 0) return false;
        switch (type)
        {
            case ValueTypes.Object when facets.Properties.Count + facets.Required.Count + facets.Closed.Count + facets.Others.Count > 0 || facets.IsSealed
                || facets.PropertyNames is not null || facets.PatternProperty is not null || facets.LeastProperties > 0 || facets.MostProperties is not null:
                throw Beside(facets, "object");
            case ValueTypes.Array when facets.Items.Count + facets.Prefix.Count > 0 || facets.AreItemsSealed || facets.AreItemsUnique || facets.Contains is not null || facets.LeastItems > 0 || facets.MostItems is not null:
                throw Beside(facets, "list");
            case ValueTypes.String when facets.Pattern is not null || facets.Format is not null:
                throw Beside(facets, "text with a pattern or format");
            case ValueTypes.String:
                var length = value.GetString()!.EnumerateRunes().Count();
                return length >= facets.LeastLength && !(length > facets.MostLength);
            case ValueTypes.Integer or ValueTypes.Fraction:
                return DecimalNumber.Read(value.GetRawText()) is { } number && facets.Numbers.Holds(number)
                    && (facets.Step is not { } step || (number.IsInteger && (number.Floor() % step).IsZero))
                    && !(number.Fraction.Length > facets.FractionDigits);
            default:
                return true;
        }
    }

    public static ValueTypes TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ValueTypes.Object,
        JsonValueKind.Array => ValueTypes.Array,
        JsonValueKind.String => ValueTypes.String,
        JsonValueKind.Number => DecimalNumber.Read(value.GetRawText()) is { IsInteger: true } ? ValueTypes.Integer : ValueTypes.Fraction,
        JsonValueKind.True or JsonValueKind.False => ValueTypes.Boolean,
        _ => ValueTypes.Null,
    };

    private static SchemaFault Beside(Facets facets, string what) =>
        facets.First.Fault("enum", $"Values cannot be checked against other keywords for a {what}; list only values that fit and leave the other keywords out.");
}
