using System.Buffers;
using System.Buffers.Binary;

namespace PolarGrid.Audio.Encoders;

/// <summary>16-bit signed little-endian samples, nothing else.</summary>
internal class PcmWriter(IBufferWriter<byte> output) : SampleWriter
{
    public override AudioError? Write(ReadOnlySpan<float> samples)
    {
        var size = samples.Length * sizeof(short);
        var bytes = output.GetSpan(size);
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes[(i * sizeof(short))..], (short)MathF.Round(samples[i] * short.MaxValue));
        }

        output.Advance(size);
        return null;
    }

    public override AudioError? Finish() => null;

    public override void Dispose()
    {
    }
}
