using System.Numerics;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Speech.Listening;

/// <summary>How loud samples are.</summary>
public static class Loudness
{
    /// <summary>The sum of the squares, for the few thousand samples of a frame: single precision, many at a time.</summary>
    public static float Energy(ReadOnlySpan<float> samples)
    {
        var sums = Vector<float>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        foreach (var vector in vectors) sums += vector * vector;
        var sum = Vector.Sum(sums);
        foreach (var sample in samples[(vectors.Length * Vector<float>.Count)..]) sum += sample * sample;
        return sum;
    }
}
