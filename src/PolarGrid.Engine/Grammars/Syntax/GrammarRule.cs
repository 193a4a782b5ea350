namespace PolarGrid.Engine.Grammars.Syntax;

/// <summary>A rule as it was written.</summary>
internal sealed record GrammarRule(string Name, GrammarItem Body);

/// <summary>All rules; those that mention each other do so by index.</summary>
internal sealed record GrammarSyntax(GrammarRule[] Rules, int Root);
