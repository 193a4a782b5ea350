using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolarGrid.ModelMaker.Weights;

/// <summary>Turns a row of floats into the bytes of a tensor type.</summary>
internal static class BlockEncoder
{
    private const int BlockLength = 32;
    private const int Q8BlockBytes = 2 + BlockLength;
    private const int Q4BlockBytes = 2 + (BlockLength / 2);

    public static int BytesOf(TensorType type, int columns) => type switch
    {
        TensorType.F32 => columns * sizeof(float),
        TensorType.F16 => columns * 2,
        TensorType.Q8_0 => columns / BlockLength * Q8BlockBytes,
        TensorType.Q4_0 => columns / BlockLength * Q4BlockBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static void Encode(TensorType type, ReadOnlySpan<float> values, Span<byte> target)
    {
        switch (type)
        {
            case TensorType.F32:
                MemoryMarshal.AsBytes(values).CopyTo(target);
                break;
            case TensorType.F16:
                EncodeHalves(values, MemoryMarshal.Cast<byte, Vector256<ushort>>(target));
                break;
            case TensorType.Q8_0:
                for (var i = 0; i < values.Length / BlockLength; i++)
                    EncodeQ8(values.Slice(i * BlockLength, BlockLength), target.Slice(i * Q8BlockBytes, Q8BlockBytes));
                break;
            case TensorType.Q4_0:
                for (var i = 0; i < values.Length / BlockLength; i++)
                    EncodeQ4(values.Slice(i * BlockLength, BlockLength), target.Slice(i * Q4BlockBytes, Q4BlockBytes));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    /// <summary>Sixteen at a time, rounding to even. Below the smallest normal half (6e-5) it gives zero: no weight needs less.</summary>
    private static void EncodeHalves(ReadOnlySpan<float> values, Span<Vector256<ushort>> target)
    {
        var source = MemoryMarshal.Cast<float, Vector256<float>>(values);
        for (var i = 0; i < target.Length; i++)
            target[i] = Vector256.Narrow(HalfBits(source[2 * i]), HalfBits(source[(2 * i) + 1]));
    }

    private static Vector256<uint> HalfBits(Vector256<float> values)
    {
        const uint smallestNormal = 0x3880_0000; // 2^-14 as a float
        const uint exponentShift = (127 - 15) << 23;
        var bits = values.AsUInt32();
        var magnitude = bits & Vector256.Create(0x7FFF_FFFFu);
        var lastKeptBit = (magnitude >>> 13) & Vector256<uint>.One;
        var rounded = (magnitude - Vector256.Create(exponentShift) + Vector256.Create(0xFFFu) + lastKeptBit) >>> 13;
        rounded &= Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(smallestNormal));
        return rounded | ((bits >>> 16) & Vector256.Create(0x8000u));
    }

    private static void EncodeQ8(ReadOnlySpan<float> values, Span<byte> target)
    {
        var v = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var peaks = Vector256.Max(
            Vector256.Max(Vector256.Abs(v[0]), Vector256.Abs(v[1])),
            Vector256.Max(Vector256.Abs(v[2]), Vector256.Abs(v[3])));
        var scale = Greatest(peaks) / 127;
        BinaryPrimitives.WriteHalfLittleEndian(target, (Half)scale);

        var inverse = Vector256.Create(scale == 0 ? 0 : 1 / scale);
        var bytes = Vector256.Narrow(
            Vector256.Narrow(Rounded(v[0] * inverse), Rounded(v[1] * inverse)),
            Vector256.Narrow(Rounded(v[2] * inverse), Rounded(v[3] * inverse)));
        bytes.AsByte().CopyTo(target[2..]);
    }

    /// <summary>The value of greatest magnitude becomes -8 times the scale, so that it is met exactly.</summary>
    private static void EncodeQ4(ReadOnlySpan<float> values, Span<byte> target)
    {
        var v = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var top = Greatest(Vector256.Max(Vector256.Max(v[0], v[1]), Vector256.Max(v[2], v[3])));
        var bottom = -Greatest(Vector256.Max(Vector256.Max(-v[0], -v[1]), Vector256.Max(-v[2], -v[3])));
        var scale = (top >= -bottom ? top : bottom) / -8;
        BinaryPrimitives.WriteHalfLittleEndian(target, (Half)scale);

        // The first half of the block goes to the low nibbles, the second to the high ones.
        var inverse = Vector256.Create(scale == 0 ? 0 : 1 / scale);
        var first = Nibbles(v[0] * inverse) | (Nibbles(v[2] * inverse) << 4);
        var second = Nibbles(v[1] * inverse) | (Nibbles(v[3] * inverse) << 4);
        var words = Vector256.Narrow(first, second);
        Vector128.Narrow(words.GetLower().AsUInt16(), words.GetUpper().AsUInt16()).CopyTo(target[2..]);
    }

    private static Vector256<int> Rounded(Vector256<float> values) => Vector256.ConvertToInt32(Vector256.Round(values));

    private static Vector256<int> Nibbles(Vector256<float> values) =>
        Vector256.Min(Vector256.ConvertToInt32(values + Vector256.Create(8.5f)), Vector256.Create(15));

    private static float Greatest(Vector256<float> values)
    {
        var four = Vector128.Max(values.GetLower(), values.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
    }
}
