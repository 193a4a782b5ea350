using System.Buffers.Binary;
using System.Globalization;

namespace PolarGrid.Audio.Decoders;

/// <summary>The fmt chunk of a wav: which encodings are read, and that its numbers fit together.</summary>
internal static class WavFormat
{
    private const int SubFormatAt = 24, ExtensibleBytes = 40;
    private const int Pcm = 1, MsAdpcm = 2, Float = 3, ALaw = 6, MuLaw = 7, ImaAdpcm = 0x11, Gsm610 = 0x31;
    private const int Mpeg = 0x50, Mp3 = 0x55, Extensible = 0xFFFE;

    /// <param name="format">The chunk's content, 16 bytes or more.</param>
    /// <param name="bigEndian">Of a RIFX file.</param>
    public static AudioError? Check(ReadOnlySpan<byte> format, bool bigEndian)
    {
        var tag = Tag(format, bigEndian);
        int channels = Number(format[2..], bigEndian), frame = Number(format[12..], bigEndian), bits = Number(format[14..], bigEndian);
        if (channels == 0) return Damaged("its header says that it has no channels");
        if (frame == 0 && !IsMpeg(format, bigEndian)) return Damaged("its header says that a frame has no bytes");
        return tag switch
        {
            Pcm when bits is < 1 or > 32 => Damaged($"its header says that a sample has {bits} bits"),
            Float when bits is not (32 or 64) => Damaged($"its header says that a sample has {bits} bits"),
            Pcm or Float when frame != channels * ((bits + 7) / 8) => Damaged($"its header says that {channels} samples of {bits} bits take {frame} bytes"),
            Pcm or Float or ALaw or MuLaw or MsAdpcm or ImaAdpcm or Gsm610 or Mpeg or Mp3 => null,
            _ => new(
                AudioErrorCode.UnsupportedEncoding,
                string.Create(CultureInfo.InvariantCulture, $"The wav file has the encoding 0x{tag:x4}, which is not read: send pcm, float, a-law, mu-law, adpcm or gsm, or another format: {AudioContainers.Accepted}.")),
        };
    }

    public static bool IsMpeg(ReadOnlySpan<byte> format, bool bigEndian) => Tag(format, bigEndian) is Mpeg or Mp3;

    /// <param name="format">For which <see cref="Check"/> found nothing.</param>
    /// <param name="bigEndian">Of a RIFX file.</param>
    /// <returns>Null unless samples are little-endian integers of 16 bits.</returns>
    public static PlainFormat? Plain(ReadOnlySpan<byte> format, bool bigEndian) =>
        !bigEndian && Tag(format, bigEndian) == Pcm && Number(format[14..], bigEndian) == 16
            ? new(BinaryPrimitives.ReadUInt32LittleEndian(format[4..]), Number(format[2..], bigEndian))
            : null;

    private static int Tag(ReadOnlySpan<byte> format, bool bigEndian)
    {
        var tag = Number(format, bigEndian);
        return tag == Extensible && format.Length >= ExtensibleBytes ? Number(format[SubFormatAt..], bigEndian) : tag;
    }

    private static int Number(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static AudioError Damaged(string what) => new(AudioErrorCode.Damaged, $"The wav file cannot be read: {what}.");
}
