using System.Numerics;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>Looks for samples that would make every number of a model meaningless.</summary>
internal static class FiniteSamples
{
    public static bool ContainsAnyExceptFinite(this ReadOnlySpan<float> samples)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var most = new Vector<float>(float.MaxValue);
        foreach (var vector in vectors)
        {
            // Neither infinity nor what is no number is at most the largest number.
            if (!Vector.LessThanOrEqualAll(Vector.Abs(vector), most)) return true;
        }

        foreach (var sample in samples[(vectors.Length * Vector<float>.Count)..])
        {
            if (!float.IsFinite(sample)) return true;
        }

        return false;
    }
}
