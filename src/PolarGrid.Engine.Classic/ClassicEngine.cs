using System.Diagnostics.CodeAnalysis;

namespace PolarGrid.Engine.Classic;

/// <summary>An engine that can be made, or the reason why not.</summary>
public sealed class ClassicEngine<TDescription, TEngine>
    where TDescription : class
    where TEngine : class, IDisposable
{
    internal ClassicEngine(TDescription description, Func<TEngine> create)
    {
        Description = description;
        Create = create;
    }

    internal ClassicEngine(string missing) => Missing = missing;

    /// <summary>Whether the library is there.</summary>
    [MemberNotNullWhen(true, nameof(Description), nameof(Create))]
    [MemberNotNullWhen(false, nameof(Missing))]
    public bool IsAvailable => Create is not null;

    /// <summary>What it is.</summary>
    public TDescription? Description { get; }

    /// <summary>Makes one instance, on the thread that will use it; throws an <see cref="IOException"/> when the model cannot be read.</summary>
    public Func<TEngine>? Create { get; }

    /// <summary>One line for the operator that names the package to install.</summary>
    public string? Missing { get; }
}
