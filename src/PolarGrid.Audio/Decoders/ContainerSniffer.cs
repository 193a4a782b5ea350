using System.Buffers.Binary;

namespace PolarGrid.Audio.Decoders;

/// <summary>Tells containers apart by their first bytes, behind any ID3v2 tags.</summary>
internal static class ContainerSniffer
{
    private const int HeadBytes = 4096;
    private const int MostTags = 16;

    /// <returns>Null for bytes of no accepted container.</returns>
    public static SniffedAudio? Sniff(AudioBytes file)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        long offset = 0;
        for (var tags = 0; tags <= MostTags; tags++)
        {
            var bytes = head[..file.ReadAt(offset, head)];
            if (Id3Bytes(bytes) is not { } tag) return Sniff(bytes, offset, file.Length - offset);
            offset += tag;
        }

        return null;
    }

    private static SniffedAudio? Sniff(ReadOnlySpan<byte> head, long offset, long length)
    {
        AudioContainer? fixedMagic = head switch
        {
            _ when IsWave(head) => AudioContainer.Wav,
            _ when head.StartsWith("fLaC"u8) => AudioContainer.Flac,
            _ when head.StartsWith("OggS"u8) && IsKnownOgg(head) => AudioContainer.Ogg,
            _ when head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) => AudioContainer.Mp4,
            _ when head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) => AudioContainer.WebM,
            _ => null,
        };
        if (fixedMagic is { } container) return new(container, offset, length);
        if (AdtsHeader.IsAt(head)) return new(AudioContainer.Aac, offset, length);
        return MpegHeader.Find(head) is { } start ? new(AudioContainer.Mp3, offset + start, length - start) : null;
    }

    private static bool IsWave(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head[8..12].SequenceEqual("WAVE"u8)
        && (head.StartsWith("RIFF"u8) || head.StartsWith("RIFX"u8) || head.StartsWith("RF64"u8));

    /// <summary>Whether the first packet of the first page announces a codec that is read.</summary>
    private static bool IsKnownOgg(ReadOnlySpan<byte> head)
    {
        const int segmentCount = 26;
        if (head.Length <= segmentCount) return false;
        var packet = segmentCount + 1 + head[segmentCount];
        if (packet >= head.Length) return false;
        var first = head[packet..];
        return first.StartsWith("\u0001vorbis"u8) || first.StartsWith("OpusHead"u8);
    }

    /// <summary>Size of an ID3v2 tag at the beginning, its header and footer included; null where there is none.</summary>
    private static long? Id3Bytes(ReadOnlySpan<byte> head)
    {
        if (head.Length < 10 || !head.StartsWith("ID3"u8) || head[3] == 0xFF || head[4] == 0xFF) return null;
        var size = BinaryPrimitives.ReadUInt32BigEndian(head[6..]);
        if ((size & 0x80808080) != 0) return null;
        long bytes = (size & 0x7F) | (size & 0x7F00) >> 1 | (size & 0x7F0000) >> 2 | (size & 0x7F000000) >> 3;
        return bytes + ((head[5] & 0x10) != 0 ? 20 : 10);
    }
}
