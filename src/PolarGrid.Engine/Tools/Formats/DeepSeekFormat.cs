using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools.Grammars;
using PolarGrid.Engine.Tools.Parsing;

namespace PolarGrid.Engine.Tools.Formats;

/// <summary>
/// A block of calls, each opened by a token, parted from its name by another. Up to R1: the word <c>function</c>, the name behind
/// the separator, then JSON in a code fence. Since V3.1: name, separator, JSON.
/// </summary>
internal sealed class DeepSeekFormat(ToolFamily family, bool fenced) : ToolFormat(family, Begin, CallBegin)
{
    private const string Begin = "<｜tool▁calls▁begin｜>", End = "<｜tool▁calls▁end｜>";
    private const string CallBegin = "<｜tool▁call▁begin｜>", CallEnd = "<｜tool▁call▁end｜>", Separator = "<｜tool▁sep｜>";
    private const int LongestName = 256;

    public static DeepSeekFormat Fenced { get; } = new(ToolFamily.DeepSeek, fenced: true);

    public static DeepSeekFormat Plain { get; } = new(ToolFamily.DeepSeekPlain, fenced: false);

    public override IReadOnlyList<string> ControlTexts { get; } = [Begin, End, CallBegin, CallEnd, Separator];

    public override string Write(IReadOnlyList<ToolCall> calls) =>
        $"{Begin}{string.Join(fenced ? "\n" : "", calls.Select(WriteCall))}{End}";

    internal override CallSyntax Syntax(IReadOnlyList<ToolRule> tools)
    {
        var call = fenced
            ? $"\"{CallBegin}function{Separator}\" {CallRules.Named(tools, CallRules.Same, "\"\\n```json\\n\"", "\"\\n```\"")} \"{CallEnd}\""
            : $"\"{CallBegin}\" {CallRules.Named(tools, CallRules.Same, $"\"{Separator}\"", "")} \"{CallEnd}\"";
        return new CallSyntax(call, $"\"\\n\"? {call}", $"\"{End}\"") { Opener = Begin, Triggers = [Begin] };
    }

    internal override Match Head(ReadOnlySpan<byte> text, bool first, out CallHead head)
    {
        head = default;
        var cursor = new JsonCursor(text);
        if (cursor.Literal("<｜tool▁calls▁begin｜>"u8) == Match.NotYet) return Match.NotYet;
        if (cursor.Literal("<｜tool▁call▁begin｜>"u8) is not Match.Yes and var begin) return begin;
        var rest = text[cursor.At..];
        var length = rest.IndexOf("<｜tool▁sep｜>"u8);
        if (length < 0) return rest.Length > LongestName ? Match.No : Match.NotYet;
        var name = rest[..length].Trim(" \n"u8);
        var behind = cursor.At + length + Encoding.UTF8.GetByteCount(Separator);
        if (name.SequenceEqual("function"u8)) return FencedHead(text, behind, out head);
        head = new CallHead(behind, Encoding.UTF8.GetString(name));
        return Match.Yes;
    }

    internal override Match Tail(ReadOnlySpan<byte> text, out CallTail tail)
    {
        tail = default;
        var cursor = new JsonCursor(text);
        if (cursor.Literal("```"u8) == Match.NotYet) return Match.NotYet;
        if (cursor.Literal("<｜tool▁call▁end｜>"u8) is not Match.Yes and var end) return end;
        var last = cursor.Literal("<｜tool▁calls▁end｜>"u8);
        if (last == Match.Yes)
        {
            tail = new CallTail(cursor.At, Another: false);
            return Match.Yes;
        }

        var next = new JsonCursor(text, cursor.At).Literal("<｜tool▁call▁begin｜>"u8);
        if (last == Match.NotYet || next == Match.NotYet) return Match.NotYet;
        tail = new CallTail(cursor.At, Another: next == Match.Yes);
        return Match.Yes;
    }

    private string WriteCall(ToolCall call) => fenced
        ? $"{CallBegin}function{Separator}{call.Name}\n```json\n{call.Arguments}\n```{CallEnd}"
        : $"{CallBegin}{call.Name}{Separator}{call.Arguments}{CallEnd}";

    private static Match FencedHead(ReadOnlySpan<byte> text, int start, out CallHead head)
    {
        head = default;
        var rest = text[start..];
        var end = rest.IndexOf((byte)'\n');
        if (end < 0) return rest.Length > LongestName ? Match.No : Match.NotYet;
        var cursor = new JsonCursor(text, start + end);
        var fence = cursor.Literal("```json"u8);
        if (fence == Match.NotYet) return Match.NotYet;
        head = new CallHead(cursor.At, Encoding.UTF8.GetString(rest[..end].Trim(" \r"u8)));
        return Match.Yes;
    }
}
