using PolarGrid.Engine;
using PolarGrid.Engine.Schemas;
using PolarGrid.Engine.Schemas.Texts;

namespace PolarGrid.Edge.Output;

/// <summary>What a request says its answers must look like.</summary>
/// <param name="Field">Where it says so, for messages.</param>
/// <param name="Rules">GBNF whose first rule is <see cref="Rule"/>; a caller's own grammar where <paramref name="IsOwn"/> is set.</param>
/// <param name="IsOwn">Whether <paramref name="Rules"/> are a caller's own, with its own <c>root</c>.</param>
internal sealed record OutputFormat(string Field, string Rules, bool IsOwn = false)
{
    /// <summary>The rule that matches an answer.</summary>
    public const string Rule = "answer";

    /// <summary>Models set some white space behind their thinking.</summary>
    private const string Space = "[ \\n]{0,4}";

    /// <summary>Holds the whole answer to the format.</summary>
    public OutputGrammar ToGrammar() => new() { Gbnf = IsOwn ? Rules : $"root ::= {Rule}\n{Rules}" };

    /// <summary>For an answer that begins inside thinking: leaves it free and holds what follows it to the format.</summary>
    /// <param name="close">What ends thinking, for example <c>&lt;/think&gt;</c>.</param>
    public OutputGrammar AfterThinking(string close) => new()
    {
        Gbnf = IsOwn ? Rules : $"root ::= {Space} {Rule}\n{Rules}",
        Triggers = [close],
        TriggerRequired = true,
    };

    /// <summary>For an answer that may begin with thinking. A caller's own grammar binds from the first character.</summary>
    public OutputGrammar AfterOptionalThinking(string open, string close)
    {
        if (IsOwn) return ToGrammar();
        var thinking = TextUntil.Write(close, "thinking");
        return new OutputGrammar { Gbnf = $"root ::= ({SchemaCompiler.Literal(open)} thinking {Space})? {Rule}\n{thinking}{Rules}" };
    }
}
