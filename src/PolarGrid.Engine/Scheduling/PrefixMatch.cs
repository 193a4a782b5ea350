namespace PolarGrid.Engine.Scheduling;

/// <summary>What the cache offers a prompt.</summary>
/// <param name="Slot">Who shares the most computed tokens, -1 for nobody.</param>
/// <param name="Usable">How many.</param>
/// <param name="Leader">A sequence in prefill whose prompt shares more than that, but has not computed it yet.</param>
/// <param name="Promised">How many tokens it will share.</param>
internal readonly record struct PrefixMatch(int Slot, int Usable, Sequence? Leader, int Promised)
{
    public static PrefixMatch None { get; } = new(-1, 0, null, 0);
}
