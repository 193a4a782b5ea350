namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>The library's seeds have 32 bits and one of them means "draw one".</summary>
internal static class Seeds
{
    private const uint DrawOne = 0xFFFF_FFFF;

    /// <summary>Folds a caller's seed; null draws one.</summary>
    public static uint Fold(long? seed)
    {
        var bits = seed ?? Random.Shared.NextInt64();
        var folded = (uint)bits ^ (uint)(bits >> 32);
        return folded == DrawOne ? 0x7FFF_FFFF : folded;
    }
}
