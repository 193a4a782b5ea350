using System.Buffers;
using System.Buffers.Binary;

namespace PolarGrid.Audio.Encoders;

/// <summary>
/// RIFF/WAVE with 16-bit samples. Where the length is not known, both sizes are 0xFFFFFFFF, which readers take for "until the end".
/// </summary>
internal sealed class WavWriter : PcmWriter
{
    private const int HeaderBytes = 44;

    private readonly EncodedBuffer? whole;

    /// <param name="output">Takes header and samples.</param>
    /// <param name="rate">Hertz.</param>
    /// <param name="whole">The output itself where the sizes can be set at the end; null when it has been sent by then.</param>
    public WavWriter(IBufferWriter<byte> output, int rate, EncodedBuffer? whole)
        : base(output)
    {
        this.whole = whole;
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], uint.MaxValue);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16); // bytes of the fmt chunk
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1); // channels
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)rate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)rate * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], sizeof(short)); // bytes of a frame
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8 * sizeof(short));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], uint.MaxValue);
        output.Write(header);
    }

    public override AudioError? Finish()
    {
        if (whole is null) return null;
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(whole.Length - 8));
        whole.WriteAt(4, size);
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(whole.Length - HeaderBytes));
        whole.WriteAt(40, size);
        return null;
    }
}
