using System.Buffers.Binary;

namespace PolarGrid.Audio.Tests;

/// <summary>Makes a changed Ogg page valid again (RFC 3533: CRC-32 with polynomial 0x04C11DB7, not reflected, over the page with a zero sum).</summary>
internal static class OggChecksum
{
    /// <param name="page">Begins with <c>OggS</c>; what follows the page is left alone.</param>
    public static void Repair(Span<byte> page)
    {
        int segments = page[26];
        var length = 27 + segments;
        foreach (var size in page.Slice(27, segments)) length += size;
        page = page[..Math.Min(length, page.Length)];
        page.Slice(22, 4).Clear();
        uint sum = 0;
        foreach (var value in page)
        {
            sum ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x80000000) != 0 ? sum << 1 ^ 0x04C11DB7 : sum << 1;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(page[22..], sum);
    }
}
