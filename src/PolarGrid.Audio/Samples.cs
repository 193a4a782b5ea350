namespace PolarGrid.Audio;

/// <summary>Loops over samples.</summary>
internal static class Samples
{
    /// <summary>Copies samples, limited to -1 to 1.</summary>
    /// <param name="from">At most as many as <paramref name="to"/> has room for. May be the same memory.</param>
    /// <param name="to">Takes them from its beginning.</param>
    /// <returns>False when one is not a finite number.</returns>
    public static bool CopyLimited(ReadOnlySpan<float> from, Span<float> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            var sample = from[i];
            if (!float.IsFinite(sample)) return false;
            to[i] = Math.Clamp(sample, -1f, 1f);
        }

        return true;
    }
}
