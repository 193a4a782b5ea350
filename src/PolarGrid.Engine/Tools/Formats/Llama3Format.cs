using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools.Grammars;
using PolarGrid.Engine.Tools.Parsing;

namespace PolarGrid.Engine.Tools.Formats;

/// <summary>A bare object with <c>name</c> and <c>parameters</c>, perhaps behind <c>&lt;|python_tag|&gt;</c>, several parted by semicolons.</summary>
internal sealed class Llama3Format() : ToolFormat(ToolFamily.Llama3, PythonTag, "{\"name\"", "{ \"name\"", "{\n  \"name\"", "{\n    \"name\"", "{\"type\"")
{
    private const string PythonTag = "<|python_tag|>";

    /// <summary>Any text but an object whose first key is <c>name</c>; an answer has no other sign of being a call.</summary>
    private const string NoCall =
        "\"\" | [^{ \\n] [^\\x00]* | [ \\n]+ ([^{ \\n] [^\\x00]*)? | [ \\n]* \"{\" [ \\n\\t\\r]* ([^\\\" \\n\\t\\r] [^\\x00]*)?"
        + " | [ \\n]* \"{\" [ \\n\\t\\r]* \"\\\"\" ([^n] [^\\x00]* | \"n\" ([^a] [^\\x00]* | \"a\" ([^m] [^\\x00]* | \"m\" ([^e] [^\\x00]* | \"e\" [^\\\"] [^\\x00]*))))";

    public static Llama3Format Instance { get; } = new();

    public override IReadOnlyList<string> ControlTexts { get; } = [PythonTag];

    public override string Write(IReadOnlyList<ToolCall> calls) => string.Join("; ", calls.Select(call => ObjectText(call, "name", "parameters")));

    internal override CallSyntax Syntax(IReadOnlyList<ToolRule> tools)
    {
        var call = CallRules.Object(tools, "name", "parameters");
        return new CallSyntax($"\"{PythonTag}\"? {call}", $"\";\" \" \"? {call}", "") { Otherwise = NoCall };
    }

    internal override Match Head(ReadOnlySpan<byte> text, bool first, out CallHead head) =>
        CallObject.Head(text, text.StartsWith("<|python_tag|>"u8) ? PythonTag.Length : 0, out head);

    internal override Match Tail(ReadOnlySpan<byte> text, out CallTail tail)
    {
        tail = default;
        if (CallObject.Rest(text, out var length) is not Match.Yes and var open) return open;
        var cursor = new JsonCursor(text, length);
        var separator = cursor.Literal(";"u8);
        if (separator == Match.NotYet) return Match.NotYet;
        tail = new CallTail(separator == Match.Yes ? cursor.At : length, Another: false);
        return Match.Yes;
    }
}
