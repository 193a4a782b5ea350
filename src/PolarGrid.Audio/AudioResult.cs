using System.Diagnostics.CodeAnalysis;

namespace PolarGrid.Audio;

/// <summary>Either a value or the error that took its place.</summary>
public readonly record struct AudioResult<T>
    where T : class
{
    public AudioResult(T value) => Value = value;

    public AudioResult(AudioError error) => Error = error;

    public T? Value { get; }

    public AudioError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Value is not null;
}
