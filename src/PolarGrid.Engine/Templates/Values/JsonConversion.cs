using System.Text.Json;

namespace PolarGrid.Engine.Templates.Values;

internal static class JsonConversion
{
    private const int MaxDepth = 256;

    public static TemplateValue Convert(JsonElement element, int depth = 0)
    {
        if (depth > MaxDepth) throw new ArgumentException($"The JSON value is nested deeper than {MaxDepth} levels.", nameof(element));
        return element.ValueKind switch
        {
            JsonValueKind.String => StringValue.Untrusted(element.GetString()!),
            JsonValueKind.Number => element.TryGetInt64(out var integer) && IsWhole(element)
                ? IntegerValue.Of(integer)
                : new FloatValue(element.GetDouble()),
            JsonValueKind.True => BooleanValue.True,
            JsonValueKind.False => BooleanValue.False,
            JsonValueKind.Null => NoneValue.Instance,
            JsonValueKind.Array => ConvertArray(element, depth),
            JsonValueKind.Object => ConvertObject(element, depth),
            _ => UndefinedValue.Plain,
        };
    }

    /// <summary>Python reads <c>1.0</c> and <c>1e2</c> as floats, and prints them so.</summary>
    private static bool IsWhole(JsonElement number) => number.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static ListValue ConvertArray(JsonElement array, int depth)
    {
        var items = new TemplateValue[array.GetArrayLength()];
        var next = 0;
        foreach (var item in array.EnumerateArray()) items[next++] = Convert(item, depth + 1);
        return ListValue.Frozen(items);
    }

    private static DictValue ConvertObject(JsonElement @object, int depth)
    {
        var builder = new DictBuilder();
        foreach (var member in @object.EnumerateObject())
            builder.Set(StringValue.Untrusted(member.Name), Convert(member.Value, depth + 1));
        return builder.Build();
    }
}
