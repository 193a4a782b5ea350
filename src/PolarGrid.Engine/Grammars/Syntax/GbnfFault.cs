namespace PolarGrid.Engine.Grammars.Syntax;

/// <summary>Leaves the parser from any depth; never leaves <see cref="GbnfParser"/>.</summary>
internal sealed class GbnfFault(GrammarError error) : Exception(error.Message)
{
    public GrammarError Error => error;
}
