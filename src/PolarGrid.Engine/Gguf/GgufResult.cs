using System.Diagnostics.CodeAnalysis;

namespace PolarGrid.Engine.Gguf;

/// <summary>Either a description or the error that took its place.</summary>
public readonly record struct GgufResult
{
    public GgufResult(GgufDescription description) => Description = description;

    public GgufResult(GgufError error) => Error = error;

    public GgufDescription? Description { get; }

    public GgufError? Error { get; }

    [MemberNotNullWhen(true, nameof(Description))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Description is not null;
}
