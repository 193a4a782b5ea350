using System.Buffers.Binary;

namespace PolarGrid.Audio.Decoders;

/// <summary>
/// Walks the chunks of a wav in managed code and makes a new header of the three that matter, fmt, fact and data, with sizes that are
/// true. The library so never sees the chunks for titles, pictures, cues and broadcasting, nor a length that the file does not have.
/// </summary>
internal static class WavChunks
{
    private const int HeaderBytes = 12, ChunkHeaderBytes = 8;
    private const int LeastFormatBytes = 16, MostFormatBytes = 1024;
    private const int Ds64Bytes = 16;
    private const int MostChunks = 10_000;
    private const int MostMpegRubbish = 4096;

    /// <param name="file">The whole file.</param>
    /// <param name="sniffed">Where the RIFF header is.</param>
    /// <returns>The samples' place, with the header to put in front of them.</returns>
    public static AudioResult<SniffedAudio> Parse(AudioBytes file, SniffedAudio sniffed)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        file.ReadAt(sniffed.Offset, header);
        var bigEndian = header.StartsWith("RIFX"u8);
        var riffSize = Number(header[4..], bigEndian);
        var is64 = header.StartsWith("RF64"u8);

        byte[]? format = null;
        byte[]? fact = null;
        ulong dataSize64 = 0;
        var end = sniffed.Offset + sniffed.Length;
        var at = sniffed.Offset + HeaderBytes;
        for (var chunks = 0; chunks < MostChunks && at + ChunkHeaderBytes <= end; chunks++)
        {
            var chunk = header[..ChunkHeaderBytes];
            file.ReadAt(at, chunk);
            long size = Number(chunk[4..], bigEndian);
            var content = at + ChunkHeaderBytes;
            var left = end - content;
            if (chunk.StartsWith("data"u8))
            {
                if (format is null) return Damaged("it has no fmt chunk in front of its samples");
                if (WavFormat.Check(format, bigEndian) is { } error) return new(error);
                var reachesData = sniffed.Offset + ChunkHeaderBytes + riffSize > content;
                var unknown = size == uint.MaxValue || size == 0 && (is64 || !reachesData);
                var stated = is64 && size == uint.MaxValue && dataSize64 > 0 ? dataSize64 : unknown ? (ulong)left : (ulong)size;
                var length = (long)Math.Min(stated, (ulong)left);
                return WavFormat.IsMpeg(format, bigEndian) ? Mpeg(file, content, length) : new(WithHead(format, fact, content, length, bigEndian));
            }

            if (chunk.StartsWith("fmt "u8))
            {
                if (size is < LeastFormatBytes or > MostFormatBytes || size > left) return Damaged($"its fmt chunk has {size} bytes");
                format ??= Bytes(file, content, (int)size);
            }
            else if (is64 && chunk.StartsWith("ds64"u8) && size >= Ds64Bytes && left >= Ds64Bytes)
            {
                // The size of the whole, then that of the samples.
                dataSize64 = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(file, content, Ds64Bytes).AsSpan(8));
            }
            else if (chunk.StartsWith("fact"u8) && size == 4 && left >= 4)
            {
                fact ??= Bytes(file, content, 4);
            }

            at = content + size + (size & 1);
        }

        return Damaged("it has no data chunk");
    }

    /// <summary>Frames of mp3 need no wrapping; what claims to be some must begin with one, or it would reach another reader.</summary>
    private static AudioResult<SniffedAudio> Mpeg(AudioBytes file, long offset, long length)
    {
        var bytes = Bytes(file, offset, (int)Math.Min(length, MostMpegRubbish));
        return MpegHeader.Find(bytes) is { } start
            ? new(new SniffedAudio(AudioContainer.Mp3, offset + start, length - start))
            : Damaged("its samples are not the mp3 frames that its header announces");
    }

    private static SniffedAudio WithHead(byte[] format, byte[]? fact, long offset, long length, bool bigEndian)
    {
        // The data chunk alone gets its true size: the end of the file bounds the rest.
        length = Math.Min(length, uint.MaxValue - 2 * MostFormatBytes);
        using var head = new MemoryStream();
        head.Write(bigEndian ? "RIFX"u8 : "RIFF"u8);
        head.Write(Number((uint)(4 + ChunkHeaderBytes + format.Length + (format.Length & 1) + (fact is null ? 0 : 12) + ChunkHeaderBytes + length), bigEndian));
        head.Write("WAVEfmt "u8);
        head.Write(Number((uint)format.Length, bigEndian));
        head.Write(format);
        if ((format.Length & 1) == 1) head.WriteByte(0);
        if (fact is not null)
        {
            head.Write("fact"u8);
            head.Write(Number(4, bigEndian));
            head.Write(fact);
        }

        head.Write("data"u8);
        head.Write(Number((uint)length, bigEndian));
        return new(AudioContainer.Wav, offset, length) { Head = head.ToArray(), Plain = WavFormat.Plain(format, bigEndian) };
    }

    private static byte[] Bytes(AudioBytes file, long offset, int count)
    {
        var bytes = new byte[count];
        file.ReadAt(offset, bytes);
        return bytes;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static byte[] Number(uint value, bool bigEndian)
    {
        var bytes = new byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static AudioResult<SniffedAudio> Damaged(string what) =>
        new(new AudioError(AudioErrorCode.Damaged, $"The wav file cannot be read: {what}."));
}
