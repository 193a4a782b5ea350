namespace PolarGrid.Engine.Grammars;

/// <summary>An <see cref="OutputGrammar"/> that is ready to be followed.</summary>
/// <param name="Grammar">May be shared with other requests of the same engine.</param>
/// <param name="Triggers">UTF-8.</param>
/// <param name="TriggerTokens">Control tokens whose text is a trigger.</param>
/// <param name="TriggerRequired">Whether the answer may not end before a trigger.</param>
internal sealed record CompiledOutput(Grammar Grammar, byte[][] Triggers, int[] TriggerTokens, bool TriggerRequired);
