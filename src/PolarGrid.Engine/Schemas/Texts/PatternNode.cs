using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Schemas.Texts;

/// <summary>A part of a regular expression.</summary>
internal abstract record PatternNode
{
    /// <summary>Characters at least.</summary>
    public abstract long Least { get; }

    /// <summary>Characters at most; null for any number.</summary>
    public abstract long? Most { get; }
}

/// <summary>One character out of these.</summary>
internal sealed record PatternClass(CodePointRange[] Ranges) : PatternNode
{
    public override long Least => 1;

    public override long? Most => 1;
}

internal sealed record PatternSequence(IReadOnlyList<PatternNode> Parts) : PatternNode
{
    public override long Least { get; } = Saturate(Parts.Sum(part => (decimal)part.Least));

    public override long? Most { get; } = Parts.All(part => part.Most is not null) ? Saturate(Parts.Sum(part => (decimal)part.Most!.Value)) : null;

    internal static long Saturate(decimal length) => (long)Math.Min(length, long.MaxValue / 2);
}

internal sealed record PatternChoice(IReadOnlyList<PatternNode> Options) : PatternNode
{
    public override long Least { get; } = Options.Min(option => option.Least);

    public override long? Most { get; } = Options.All(option => option.Most is not null) ? Options.Max(option => option.Most) : null;
}

internal sealed record PatternRepeat(PatternNode Part, int From, int? To) : PatternNode
{
    public override long Least { get; } = PatternSequence.Saturate((decimal)Part.Least * From);

    public override long? Most { get; } = To is { } to && Part.Most is { } most ? PatternSequence.Saturate((decimal)most * to) : Part.Most == 0 ? 0 : null;
}
