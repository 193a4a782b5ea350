using System.Text;
using System.Text.Json;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Tools.Parsing;

/// <summary>
/// The JSON object that most families write a call as: a name and arguments among members in any order. The usual order lets the
/// arguments stream; arguments before the name wait for the object's end.
/// </summary>
internal static class CallObject
{
    private const int LongestName = 256;

    /// <summary>Reads from the opening brace to the arguments' value, or to the closing brace when the arguments came first or not at all.</summary>
    public static Match Head(ReadOnlySpan<byte> text, int start, out CallHead head)
    {
        head = default;
        var cursor = new JsonCursor(text, start);
        if (cursor.Literal("{"u8) is not Match.Yes and var opening) return opening;
        string? name = null;
        (int Start, int Length)? given = null;
        while (true)
        {
            var end = cursor.Literal("}"u8);
            if (end == Match.Yes)
            {
                head = new CallHead(cursor.At - 1, name ?? "") { Given = given ?? (0, 0) };
                return name is null ? Match.No : Match.Yes;
            }

            if (end == Match.NotYet) return Match.NotYet;
            if (cursor.String(out var key) is not Match.Yes and var noKey) return noKey;
            if (cursor.Literal(":"u8) is not Match.Yes and var noColon) return noColon;
            if (IsName(key))
            {
                if (cursor.String(out var value) is not Match.Yes and var noName) return noName;
                if (value.Length > LongestName || !TryText(value, out name)) return Match.No;
            }
            else if (IsArguments(key) && name is not null)
            {
                cursor.Space();
                head = new CallHead(cursor.At, name);
                return Match.Yes;
            }
            else
            {
                if (cursor.Value(out var from) is not Match.Yes and var noValue) return noValue;
                if (IsArguments(key)) given = (from, cursor.At - from);
            }

            if (cursor.Literal(","u8) == Match.NotYet) return Match.NotYet;
        }
    }

    /// <summary>Reads the members behind the arguments and the closing brace.</summary>
    public static Match Rest(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        var cursor = new JsonCursor(text);
        while (true)
        {
            var end = cursor.Literal("}"u8);
            if (end != Match.No)
            {
                length = cursor.At;
                return end;
            }

            if (cursor.Literal(","u8) is not Match.Yes and var noMember) return noMember;
            if (cursor.String(out _) is not Match.Yes and var noKey) return noKey;
            if (cursor.Literal(":"u8) is not Match.Yes and var noColon) return noColon;
            if (cursor.Value(out _) is not Match.Yes and var noValue) return noValue;
        }
    }

    private static bool IsName(ReadOnlySpan<byte> key) => key.SequenceEqual("name"u8) || key.SequenceEqual("tool_name"u8);

    private static bool IsArguments(ReadOnlySpan<byte> key) => key.SequenceEqual("arguments"u8) || key.SequenceEqual("parameters"u8);

    private static bool TryText(ReadOnlySpan<byte> content, out string text)
    {
        text = Encoding.UTF8.GetString(content);
        if (!text.Contains('\\', StringComparison.Ordinal)) return true;
        try
        {
            using var document = JsonDocument.Parse("\"" + text + "\"");
            text = document.RootElement.GetString()!;
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
