using System.Globalization;
using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Limits;

namespace PolarGrid.Edge.Requests;

/// <summary>
/// Reads values strictly by JSON type (no coercion: <c>"0.7"</c> is no number, <c>true</c> is no number, <c>5.0</c> is an integer)
/// and keeps the first mistake, naming field, value and range.
/// </summary>
internal sealed class FieldReader(ApiProfile profile, EdgeLimits limits, bool allowsGrammar)
{
    /// <summary>Texts from the caller are cut to this in messages.</summary>
    private const int LongestQuote = 64;

    public ApiProfile Profile { get; } = profile;

    public EdgeLimits Limits { get; } = limits;

    /// <summary>Whether callers may send grammars of their own.</summary>
    public bool AllowsGrammar { get; } = allowsGrammar;

    /// <summary>The first mistake; null while there is none.</summary>
    public ApiError? Error { get; private set; }

    /// <summary>Names that no table knows, at any level; null when there are none.</summary>
    public UnknownNames? UnknownNames { get; private set; }

    public static string Join(string parent, string name) => parent.Length == 0 ? name : parent + "." + name;

    public void Fail(ErrorKind kind, string param, string message) => Error ??= new ApiError(kind, message, param);

    public void Unknown(string path) => (UnknownNames ??= new UnknownNames()).Add(path);

    public bool Number(string path, JsonElement value, double least, double most, out double number)
    {
        number = 0;
        if (value.ValueKind != JsonValueKind.Number) return WrongType(path, "a number", value);
        if (!value.TryGetDouble(out number) || !double.IsFinite(number)) number = double.MaxValue;
        if (number < least) return OutOfRange(ErrorTable.DecimalBelow, path, value, least, most);
        return number <= most || OutOfRange(ErrorTable.DecimalAbove, path, value, least, most);
    }

    public bool Integer(string path, JsonElement value, long least, long most, out long number)
    {
        number = 0;
        if (value.ValueKind != JsonValueKind.Number) return WrongType(path, "an integer", value);
        if (!value.TryGetInt64(out number))
        {
            if (value.TryGetDecimal(out var exact))
            {
                if (exact != decimal.Truncate(exact)) return WrongType(path, "an integer", "a number with a fraction");
                number = exact > long.MaxValue ? long.MaxValue : exact < long.MinValue ? long.MinValue : (long)exact;
                if (number != exact) return OutOfRange(exact < 0 ? ErrorTable.IntegerBelow : ErrorTable.IntegerAbove, path, value, least, most);
            }
            else
            {
                var below = value.TryGetDouble(out var wide) && wide < 0;
                return OutOfRange(below ? ErrorTable.IntegerBelow : ErrorTable.IntegerAbove, path, value, least, most);
            }
        }

        if (number < least) return OutOfRange(ErrorTable.IntegerBelow, path, value, least, most);
        return number <= most || OutOfRange(ErrorTable.IntegerAbove, path, value, least, most);
    }

    public bool Flag(string path, JsonElement value, out bool flag)
    {
        flag = value.ValueKind == JsonValueKind.True;
        return flag || value.ValueKind == JsonValueKind.False || WrongType(path, "a boolean", value);
    }

    public bool Text(string path, JsonElement value, int longest, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String) return WrongType(path, "a string", value);
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Fail(ErrorTable.InvalidValue, path, $"'{path}' holds half of a surrogate pair, which is no text.");
            return false;
        }

        if (text.Length <= longest) return true;
        Fail(ErrorTable.StringTooLong, path, $"'{path}' has {text.Length} characters; at most {longest} are allowed.");
        return false;
    }

    /// <summary>Whether every text inside a value is text: half of a surrogate pair is refused wherever it stands.</summary>
    public bool Texts(string path, JsonElement value)
    {
        // Only escapes can spell one: the body's bytes are valid UTF-8.
        if (!value.GetRawText().Contains("\\u", StringComparison.OrdinalIgnoreCase)) return true;
        return value.ValueKind switch
        {
            JsonValueKind.String => Text(path, value, int.MaxValue, out _),
            JsonValueKind.Array => value.EnumerateArray().Index().All(item => Texts($"{path}[{item.Index}]", item.Item)),
            JsonValueKind.Object => value.EnumerateObject().All(property => Texts(Join(path, property.Name), property.Value)),
            _ => true,
        };
    }

    public bool Choice(string path, JsonElement value, ReadOnlySpan<string> allowed, out string choice)
    {
        if (!Text(path, value, int.MaxValue, out choice)) return false;
        foreach (var item in allowed)
        {
            if (item == choice) return true;
        }

        Fail(ErrorTable.InvalidValue, path, $"'{path}' is '{Quote(choice)}'; it must be one of: {string.Join(", ", allowed!)}.");
        return false;
    }

    public bool Object(string path, JsonElement value) => value.ValueKind == JsonValueKind.Object || WrongType(path, "an object", value);

    public bool Array(string path, JsonElement value, int least, int most)
    {
        if (value.ValueKind != JsonValueKind.Array) return WrongType(path, "an array", value);
        var length = value.GetArrayLength();
        if (length < least)
        {
            Fail(ErrorTable.EmptyArray, path, $"'{path}' is empty; it must have at least {least} item.");
            return false;
        }

        if (length <= most) return true;
        Fail(ErrorTable.ArrayTooLong, path, $"'{path}' has {length} items; at most {most} are allowed.");
        return false;
    }

    public bool WrongType(string path, string expected, JsonElement value) => WrongType(path, expected, NameOf(value.ValueKind));

    /// <summary>The caller's text, shortened for a message.</summary>
    public static string Quote(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";

    private bool WrongType(string path, string expected, string got)
    {
        Fail(ErrorTable.WrongType, path, $"Invalid type for '{path}': expected {expected}, got {got}.");
        return false;
    }

    private bool OutOfRange(ErrorKind kind, string path, JsonElement value, double least, double most)
    {
        var above = kind == ErrorTable.IntegerAbove || kind == ErrorTable.DecimalAbove;
        var range = most < int.MaxValue || (above && most < long.MaxValue) ? string.Create(CultureInfo.InvariantCulture, $"be between {least} and {most}")
            : least > int.MinValue ? string.Create(CultureInfo.InvariantCulture, $"be at least {least}")
            : "fit into 64 bits";
        Fail(kind, path, $"'{path}' is {Quote(value.GetRawText())}; it must {range}.");
        return false;
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => "null",
    };
}
