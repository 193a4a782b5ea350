using System.Diagnostics.CodeAnalysis;

namespace PolarGrid.Engine.Templates;

/// <summary>Either a value or the error that took its place.</summary>
public readonly record struct TemplateResult<T>
    where T : class
{
    public TemplateResult(T value) => Value = value;

    public TemplateResult(TemplateError error) => Error = error;

    public T? Value { get; }

    public TemplateError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Value is not null;
}
