using System.Numerics;
using System.Runtime.InteropServices;

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
        var sources = MemoryMarshal.Cast<float, Vector<float>>(from);
        var targets = MemoryMarshal.Cast<float, Vector<float>>(to[..from.Length]);
        var most = new Vector<float>(float.MaxValue);
        for (var i = 0; i < sources.Length; i++)
        {
            // Neither infinity nor what is no number is at most the largest number.
            if (!Vector.LessThanOrEqualAll(Vector.Abs(sources[i]), most)) return false;
            targets[i] = Vector.Min(Vector.Max(sources[i], -Vector<float>.One), Vector<float>.One);
        }

        for (var i = sources.Length * Vector<float>.Count; i < from.Length; i++)
        {
            var sample = from[i];
            if (!float.IsFinite(sample)) return false;
            to[i] = Math.Clamp(sample, -1f, 1f);
        }

        return true;
    }
}
