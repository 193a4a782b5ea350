using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools.Grammars;
using PolarGrid.Engine.Tools.Parsing;

namespace PolarGrid.Engine.Tools.Formats;

/// <summary><c>&lt;tool_call&gt;</c>, an object, <c>&lt;/tool_call&gt;</c>; one such block per call.</summary>
internal sealed class HermesFormat() : ToolFormat(ToolFamily.Hermes, Opener)
{
    private const string Opener = "<tool_call>", Closer = "</tool_call>";

    public static HermesFormat Instance { get; } = new();

    public override IReadOnlyList<string> ControlTexts { get; } = [Opener, Closer];

    public override string Write(IReadOnlyList<ToolCall> calls) =>
        string.Join('\n', calls.Select(call => $"{Opener}\n{ObjectText(call, "name", "arguments")}\n{Closer}"));

    internal override CallSyntax Syntax(IReadOnlyList<ToolRule> tools)
    {
        var call = $"\"\\n\"? {CallRules.Object(tools, "name", "arguments")} \"\\n\"? \"{Closer}\"";
        return new CallSyntax(call, $"\"\\n\"? \"{Opener}\" {call}", "") { Opener = Opener, Triggers = [Opener] };
    }

    internal override Match Head(ReadOnlySpan<byte> text, bool first, out CallHead head) => CallObject.Head(text, Opener.Length, out head);

    internal override Match Tail(ReadOnlySpan<byte> text, out CallTail tail)
    {
        tail = default;
        if (CallObject.Rest(text, out var length) is not Match.Yes and var open) return open;
        var cursor = new JsonCursor(text, length);
        var closer = cursor.Literal("</tool_call>"u8);
        if (closer == Match.NotYet) return Match.NotYet;
        tail = new CallTail(closer == Match.Yes ? cursor.At : length, Another: false);
        return Match.Yes;
    }
}
