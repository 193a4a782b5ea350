namespace PolarGrid.Engine.Grammars;

/// <summary>Why a grammar cannot be used.</summary>
/// <param name="Message">One sentence that names the rule, value and limit concerned.</param>
/// <param name="Line">From 1; 0 where the whole grammar is meant.</param>
/// <param name="Column">From 1, in UTF-16 characters; 0 where the whole grammar is meant.</param>
public sealed record GrammarError(string Message, int Line = 0, int Column = 0)
{
    public override string ToString() => Line == 0 ? Message : $"{Message} (line {Line}, column {Column})";
}
