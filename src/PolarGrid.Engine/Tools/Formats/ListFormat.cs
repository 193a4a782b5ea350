using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools.Grammars;
using PolarGrid.Engine.Tools.Parsing;

namespace PolarGrid.Engine.Tools.Formats;

/// <summary>A marker, then a JSON list of objects, perhaps in a code fence, perhaps a closing marker.</summary>
internal sealed class ListFormat : ToolFormat
{
    private readonly string closer;

    private ListFormat(ToolFamily family, string closer, params string[] openers)
        : base(family, openers)
    {
        this.closer = closer;
        ControlTexts = closer.Length == 0 ? openers : [.. openers, closer];
    }

    public static ListFormat FireFunction { get; } = new(ToolFamily.FireFunction, "", "functools[");

    public static ListFormat CommandR { get; } = new(ToolFamily.CommandR, "```", "Action:");

    public static ListFormat Granite { get; } = new(ToolFamily.Granite, "", "<|tool_call|>", "<tool_call>");

    public static ListFormat Nemotron { get; } = new(ToolFamily.Nemotron, "</TOOLCALL>", "<TOOLCALL>");

    public override IReadOnlyList<string> ControlTexts { get; }

    public override string Write(IReadOnlyList<ToolCall> calls)
    {
        var (name, arguments) = Family == ToolFamily.CommandR ? ("tool_name", "parameters") : ("name", "arguments");
        var objects = string.Join(", ", calls.Select(call => ObjectText(call, name, arguments)));
        return Family switch
        {
            ToolFamily.CommandR => $"Action:\n```json\n[{objects}]```",
            ToolFamily.FireFunction => $"functools[{objects}]",
            _ => $"{OpenerTexts[0]}[{objects}]{closer}",
        };
    }

    internal override CallSyntax Syntax(IReadOnlyList<ToolRule> tools)
    {
        var syntax = Family switch
        {
            ToolFamily.CommandR => ListSyntax(
                CallRules.Object(tools, "tool_name", "parameters", CallRules.Layout),
                $"\"\\n\"? \"```json\" {CallRules.Layout} \"[\" {CallRules.Layout}",
                $"{CallRules.Layout} \"]```\"",
                CallRules.Layout),
            ToolFamily.FireFunction => ListSyntax(CallRules.Object(tools, "name", "arguments"), "", ""),
            _ => ListSyntax(CallRules.Object(tools, "name", "arguments"), "\" \"? \"[\"", closer.Length == 0 ? "" : $"\"]{closer}\""),
        };
        return syntax with { Opener = OpenerTexts[0], Triggers = OpenerTexts };
    }

    /// <summary>Objects with commas between them.</summary>
    internal static CallSyntax ListSyntax(string call, string open, string close, string space = CallRules.MaybeSpace) =>
        new($"{open} {call}", $"\",\" {space} {call}", close.Length == 0 ? "\"]\"" : close);

    internal override Match Head(ReadOnlySpan<byte> text, bool first, out CallHead head)
    {
        head = default;
        if (!first) return CallObject.Head(text, 0, out head);
        var opener = OpenerOf(text);
        if (opener[^1] == '[') return CallObject.Head(text, opener.Length, out head);
        var cursor = new JsonCursor(text, opener.Length);
        if (cursor.Literal("```json"u8) == Match.NotYet) return Match.NotYet;
        return cursor.Literal("["u8) is not Match.Yes and var list ? list : CallObject.Head(text, cursor.At, out head);
    }

    internal override Match Tail(ReadOnlySpan<byte> text, out CallTail tail) => ObjectTail(text, closer, out tail);

    /// <summary>The rest of an object, then a comma and another one, or the end of the list and a marker that may be missing.</summary>
    internal static Match ObjectTail(ReadOnlySpan<byte> text, string closer, out CallTail tail)
    {
        tail = default;
        if (CallObject.Rest(text, out var length) is not Match.Yes and var open) return open;
        var cursor = new JsonCursor(text, length);
        var comma = cursor.Literal(","u8);
        if (comma == Match.NotYet) return Match.NotYet;
        if (comma == Match.Yes)
        {
            tail = new CallTail(cursor.At, Another: true);
            return Match.Yes;
        }

        if (cursor.Literal("]"u8) is not Match.Yes and var end)
        {
            tail = new CallTail(length, Another: false);
            return end == Match.NotYet ? Match.NotYet : Match.Yes;
        }

        length = cursor.At;
        var marker = closer.Length == 0 ? Match.No : cursor.Literal(Encoding.UTF8.GetBytes(closer));
        if (marker == Match.NotYet) return Match.NotYet;
        tail = new CallTail(marker == Match.Yes ? cursor.At : length, Another: false);
        return Match.Yes;
    }

    private byte[] OpenerOf(ReadOnlySpan<byte> text)
    {
        foreach (var opener in Openers)
        {
            if (text.StartsWith(opener)) return opener;
        }

        throw new ArgumentException("The text does not begin with an opener.", nameof(text));
    }
}
