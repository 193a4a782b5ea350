using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolarGrid.ModelMaker.Weights;

/// <summary>
/// Numbers that are near enough to normal for weights: the sum of four uniform 16-bit numbers, eight at a time.
/// Four xorshift128+ generators run side by side, so that the sequence does not depend on the machine.
/// </summary>
internal sealed class NormalSource
{
    /// <summary>The sum of four uniform numbers below 65,536 has this standard deviation.</summary>
    private const float SumDeviation = 37_836.9f;

    private const float SumMean = 2 * 65_535f;

    private Vector256<ulong> _a;
    private Vector256<ulong> _b;

    public NormalSource(ulong seed)
    {
        var state = seed;
        _a = Vector256.Create(Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
        _b = Vector256.Create(Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <param name="values">A multiple of eight.</param>
    public void Fill(Span<float> values, float deviation)
    {
        var scale = Vector256.Create(deviation / SumDeviation);
        var mean = Vector256.Create(SumMean);
        var low = Vector256.Create(0xFFFFu);
        foreach (ref var target in MemoryMarshal.Cast<float, Vector256<float>>(values))
        {
            var x = Next().AsUInt32();
            var y = Next().AsUInt32();
            var sum = (x & low) + (x >>> 16) + (y & low) + (y >>> 16);
            target = (Vector256.ConvertToSingle(sum.AsInt32()) - mean) * scale;
        }
    }

    private Vector256<ulong> Next()
    {
        var x = _a;
        var y = _b;
        _a = y;
        x ^= x << 23;
        _b = x ^ y ^ (x >>> 18) ^ (y >>> 5);
        return _b + y;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return BitOperations.RotateLeft(z ^ (z >> 31), 17);
    }
}
