namespace PolarGrid.Audio.Decoders;

/// <summary>The seven bytes in front of an AAC frame (ISO 13818-7, ADTS).</summary>
internal static class AdtsHeader
{
    private const int HeaderBytes = 7;

    /// <summary>Whether a frame begins here and, where its end can be seen, another follows.</summary>
    public static bool IsAt(ReadOnlySpan<byte> head)
    {
        if (FrameBytes(head) is not { } size) return false;
        return size + HeaderBytes > head.Length || FrameBytes(head[size..]) is not null;
    }

    private static int? FrameBytes(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || header[0] != 0xFF || (header[1] & 0xF6) != 0xF0) return null;
        if ((header[2] >> 2 & 15) > 12) return null; // index of the sample rate
        var size = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5;
        return size >= HeaderBytes ? size : null;
    }
}
