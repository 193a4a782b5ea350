namespace PolarGrid.Engine.Schemas;

/// <summary>Rules in GBNF, or the error that took their place; exactly one is null.</summary>
/// <param name="Gbnf">Beginning with the rule that was asked for; all other names begin with its name and a hyphen.</param>
/// <param name="Error">Why there are none.</param>
public readonly record struct SchemaResult(string? Gbnf, SchemaError? Error);
