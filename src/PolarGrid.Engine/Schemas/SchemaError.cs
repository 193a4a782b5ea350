namespace PolarGrid.Engine.Schemas;

/// <summary>Why output cannot be held to a JSON Schema.</summary>
/// <param name="Keyword">At fault; empty where the whole schema is.</param>
/// <param name="Path">JSON pointer of the schema that holds the keyword, as a fragment: <c>#/properties/name</c>; a long one is cut with "…".</param>
/// <param name="Reason">One sentence with the value or limit and the way out.</param>
public sealed record SchemaError(string Keyword, string Path, string Reason)
{
    public override string ToString() => Keyword.Length == 0 ? $"{Reason} (at {Path})" : $"'{Keyword}' at {Path}: {Reason}";
}
