namespace PolarGrid.Audio.Decoders;

/// <summary>The four bytes in front of an MPEG audio frame (ISO 11172-3, 13818-3, and 2.5).</summary>
internal static class MpegHeader
{
    private const int HeaderBytes = 4;
    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    // kbit/s by index 1 to 14.
    private static readonly int[] Mpeg1Layer1 = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
    private static readonly int[] Mpeg1Layer2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] Mpeg1Layer3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Mpeg2Layer1 = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
    private static readonly int[] Mpeg2Layer23 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>
    /// Where the first frame begins: at 0, or further on, as in a recording of a stream, when another frame follows it. At 0 alone a
    /// single frame is enough.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    public static int? Find(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at + HeaderBytes <= head.Length; at++)
        {
            if (FrameBytes(head[at..]) is not { } size) continue;
            var next = at + size;
            if (next + HeaderBytes > head.Length ? at == 0 : FrameBytes(head[next..]) is not null) return at;
        }

        return null;
    }

    /// <summary>Length of the frame whose header this is; null when it is none.</summary>
    public static int? FrameBytes(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || header[0] != 0xFF || (header[1] & 0xE0) != 0xE0) return null;
        var version = header[1] >> 3 & 3; // 0: 2.5, 2: 2, 3: 1
        var layer = 4 - (header[1] >> 1 & 3); // 4: not MPEG audio
        var bitRateIndex = header[2] >> 4;
        var rateIndex = header[2] >> 2 & 3;
        if (version == 1 || layer == 4 || bitRateIndex is 0 or 15 || rateIndex == 3) return null;

        var table = (version, layer) switch
        {
            (3, 1) => Mpeg1Layer1,
            (3, 2) => Mpeg1Layer2,
            (3, 3) => Mpeg1Layer3,
            (_, 1) => Mpeg2Layer1,
            _ => Mpeg2Layer23,
        };
        var bits = table[bitRateIndex - 1] * 1000;
        var rate = Rates[rateIndex] >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        var padding = header[2] >> 1 & 1;
        if (layer == 1) return (12 * bits / rate + padding) * 4;
        var samples = layer == 3 && version != 3 ? 576 : 1152;
        return samples / 8 * bits / rate + padding;
    }
}
