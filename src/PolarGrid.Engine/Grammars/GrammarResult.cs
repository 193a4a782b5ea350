using System.Diagnostics.CodeAnalysis;

namespace PolarGrid.Engine.Grammars;

/// <summary>Either a value or the error that took its place.</summary>
public readonly record struct GrammarResult<T>
    where T : class
{
    public GrammarResult(T value) => Value = value;

    public GrammarResult(GrammarError error) => Error = error;

    public T? Value { get; }

    public GrammarError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Value is not null;
}
