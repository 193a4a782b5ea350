using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools.Grammars;
using PolarGrid.Engine.Tools.Parsing;

namespace PolarGrid.Engine.Tools.Formats;

/// <summary>
/// <c>[TOOL_CALLS]</c>, then a list of objects, or a name, <c>[ARGS]</c> and the arguments. Both are read from every Mistral model;
/// which one is asked for depends on the template.
/// </summary>
internal sealed class MistralFormat(ToolFamily family) : ToolFormat(family, Opener)
{
    private const string Opener = "[TOOL_CALLS]";
    private const int LongestName = 256;

    public static MistralFormat List { get; } = new(ToolFamily.Mistral);

    public static MistralFormat Named { get; } = new(ToolFamily.MistralArguments);

    public override IReadOnlyList<string> ControlTexts { get; } = [Opener, "[ARGS]", "[CALL_ID]"];

    public override string Write(IReadOnlyList<ToolCall> calls) => Family == ToolFamily.MistralArguments
        ? string.Concat(calls.Select(call => $"{Opener}{call.Name}[ARGS]{call.Arguments}"))
        : $"{Opener}[{string.Join(", ", calls.Select(call => ObjectText(call, "name", "arguments")))}]";

    internal override CallSyntax Syntax(IReadOnlyList<ToolRule> tools)
    {
        if (Family == ToolFamily.Mistral) return ListFormat.ListSyntax(CallRules.Object(tools, "name", "arguments"), "\" \"? \"[\"", "") with { Opener = Opener, Triggers = [Opener] };
        var call = CallRules.Named(tools, CallRules.Same, "\"[ARGS]\"", "");
        return new CallSyntax(call, $"\"{Opener}\" {call}", "") { Opener = Opener, Triggers = [Opener] };
    }

    internal override Match Head(ReadOnlySpan<byte> text, bool first, out CallHead head)
    {
        head = default;
        if (!first) return CallObject.Head(text, 0, out head);
        var cursor = new JsonCursor(text, Opener.Length);
        var list = cursor.Literal("["u8);
        return list switch
        {
            Match.NotYet => Match.NotYet,
            Match.Yes => CallObject.Head(text, cursor.At, out head),
            _ => NamedHead(text, cursor.At, out head),
        };
    }

    internal override Match Tail(ReadOnlySpan<byte> text, out CallTail tail)
    {
        tail = default;
        var space = Markers.SpaceLength(text);
        if (space == text.Length) return Match.NotYet;
        if (text[space] is not ((byte)'}' or (byte)',')) return Match.Yes;
        return ListFormat.ObjectTail(text, "", out tail);
    }

    private static Match NamedHead(ReadOnlySpan<byte> text, int start, out CallHead head)
    {
        head = default;
        var rest = text[start..];
        var end = rest.IndexOfAny((byte)'[', (byte)'{');
        if (end < 0) return rest.Length > LongestName ? Match.No : Match.NotYet;
        var name = Encoding.UTF8.GetString(Markers.TrimEnd(rest[..end]));
        var cursor = new JsonCursor(text, start + end);
        var id = cursor.Literal("[CALL_ID]"u8);
        if (id == Match.NotYet) return Match.NotYet;
        if (id == Match.Yes)
        {
            var length = text[cursor.At..].IndexOf((byte)'[');
            if (length < 0) return Match.NotYet;
            cursor = new JsonCursor(text, cursor.At + length);
        }

        var arguments = cursor.Literal("[ARGS]"u8);
        if (arguments == Match.NotYet) return Match.NotYet;
        if (arguments == Match.No && cursor.Literal("{"u8) is Match.No) return Match.No;
        head = new CallHead(arguments == Match.Yes ? cursor.At : cursor.At - 1, name);
        return Match.Yes;
    }
}
