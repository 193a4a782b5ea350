using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools.Grammars;
using PolarGrid.Engine.Tools.Parsing;

namespace PolarGrid.Engine.Tools.Formats;

/// <summary><c>&lt;function=name&gt;</c>, the arguments, <c>&lt;/function&gt;</c>.</summary>
internal sealed class FunctionaryFormat() : ToolFormat(ToolFamily.Functionary, Opener)
{
    private const string Opener = "<function=", Closer = "</function>";
    private const int LongestName = 256;

    public static FunctionaryFormat Instance { get; } = new();

    public override IReadOnlyList<string> ControlTexts { get; } = [Opener, Closer];

    public override string Write(IReadOnlyList<ToolCall> calls) =>
        string.Concat(calls.Select(call => $"{Opener}{call.Name}>{call.Arguments}{Closer}"));

    internal override CallSyntax Syntax(IReadOnlyList<ToolRule> tools)
    {
        var call = CallRules.Named(tools, name => name + ">", "", $"\"{Closer}\"");
        return new CallSyntax(call, $"\"{Opener}\" {call}", "") { Opener = Opener, Triggers = [Opener] };
    }

    internal override Match Head(ReadOnlySpan<byte> text, bool first, out CallHead head)
    {
        head = default;
        var rest = text[Opener.Length..];
        var end = rest.IndexOf((byte)'>');
        if (end < 0) return rest.Length > LongestName ? Match.No : Match.NotYet;
        head = new CallHead(Opener.Length + end + 1, Encoding.UTF8.GetString(rest[..end]));
        return Match.Yes;
    }

    internal override Match Tail(ReadOnlySpan<byte> text, out CallTail tail)
    {
        var cursor = new JsonCursor(text);
        var closer = cursor.Literal("</function>"u8);
        tail = new CallTail(closer == Match.Yes ? cursor.At : 0, Another: false);
        return closer;
    }
}
