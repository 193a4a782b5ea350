namespace PolarGrid.Audio.Decoders;

/// <summary>What a file is, and which of its bytes a reader gets to see.</summary>
/// <param name="Container">Told by its bytes.</param>
/// <param name="Offset">Bytes of tags and rubbish in front, which no reader sees.</param>
/// <param name="Length">Bytes from there on.</param>
internal sealed record SniffedAudio(AudioContainer Container, long Offset, long Length)
{
    /// <summary>Bytes that stand in front of the others for the reader: a header in the place of the file's own.</summary>
    public byte[] Head { get; init; } = [];

    /// <summary>Of a wav whose samples are integers of 16 bits, little-endian; null for everything else.</summary>
    public PlainFormat? Plain { get; init; }
}

/// <summary>What the header of a wav with 16-bit integers says; its numbers are checked where they are used.</summary>
/// <param name="Rate">Hertz.</param>
/// <param name="Channels">1 or more.</param>
internal readonly record struct PlainFormat(uint Rate, int Channels);
