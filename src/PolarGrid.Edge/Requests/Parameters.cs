using System.Globalization;
using System.Text.Json;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Requests;

/// <summary>Makes rows of a parameter table; the texts for people come from the same numbers as the checks.</summary>
internal static class Parameters
{
    public const int AnyLength = int.MaxValue;

    public static Parameter<T> Number<T>(string name, double least, double most, Action<T, float> set) =>
        new(name, ParameterAction.Honoured, "number", Span(least, most), (reader, path, value, draft) =>
        {
            if (reader.Number(path, value, least, most, out var number)) set(draft, (float)number);
        })
        {
            Least = least, Most = most,
        };

    public static Parameter<T> Integer<T>(
        string name, long least, long most, Action<T, long> set, ParameterAction action = ParameterAction.Honoured) =>
        new(name, action, "integer", most >= int.MaxValue ? least <= int.MinValue ? "" : $"{least} or more" : Span(least, most),
            (reader, path, value, draft) =>
            {
                if (reader.Integer(path, value, least, most, out var number)) set(draft, number);
            })
        {
            Least = least > int.MinValue ? least : null, Most = most < int.MaxValue ? most : null,
        };

    public static Parameter<T> Flag<T>(string name, Action<T, bool> set, ParameterAction action = ParameterAction.Honoured) =>
        new(name, action, "boolean", "", (reader, path, value, draft) =>
        {
            if (reader.Flag(path, value, out var flag)) set(draft, flag);
        });

    public static Parameter<T> Text<T>(string name, int longest, Action<T, string> set, ParameterAction action = ParameterAction.Honoured) =>
        new(name, action, "string", longest == AnyLength ? "" : $"at most {longest} characters", (reader, path, value, draft) =>
        {
            if (reader.Text(path, value, longest, out var text)) set(draft, text);
        });

    public static Parameter<T> Choice<T>(
        string name, string[] allowed, Action<T, string> set, ParameterAction action = ParameterAction.Honoured) =>
        new(name, action, "string", string.Join(", ", allowed), (reader, path, value, draft) =>
        {
            if (reader.Choice(path, value, allowed, out var choice)) set(draft, choice);
        })
        {
            Allowed = allowed,
        };

    public static Parameter<T> Object<T>(string name, string range, ReadParameter<T> read, ParameterAction action = ParameterAction.Honoured) =>
        new(name, action, "object", range, (reader, path, value, draft) =>
        {
            if (reader.Object(path, value)) read(reader, path, value, draft);
        });

    public static Parameter<T> AcceptedFlag<T>(string name) => Flag<T>(name, Ignore, ParameterAction.Accepted);

    public static Parameter<T> AcceptedText<T>(string name, int longest = AnyLength) =>
        Text<T>(name, longest, Ignore, ParameterAction.Accepted);

    public static Parameter<T> AcceptedChoice<T>(string name, params string[] allowed) =>
        Choice<T>(name, allowed, Ignore, ParameterAction.Accepted);

    public static Parameter<T> AcceptedObject<T>(string name) =>
        Object<T>(name, "", static (_, _, _, _) => { }, ParameterAction.Accepted);

    /// <summary>A field that asks for something this server does not do.</summary>
    /// <param name="name">As on the wire.</param>
    /// <param name="type">For people.</param>
    /// <param name="why">A sentence that says what is missing.</param>
    /// <param name="neutral">Which values ask for nothing and therefore pass; none by default.</param>
    public static Parameter<T> Refused<T>(string name, string type, string why, Neutral? neutral = null) =>
        new(name, ParameterAction.Refused, type, "", (reader, path, value, _) =>
        {
            if (neutral?.Invoke(value) is true) return;
            reader.Fail(ErrorTable.UnsupportedParameter, path, $"'{path}' is not supported: {why}");
        });

    private static void Ignore<T, TValue>(T draft, TValue value)
    {
    }

    private static string Span(double least, double most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
}

/// <summary>Whether a value of a refused field asks for nothing.</summary>
internal delegate bool Neutral(JsonElement value);
