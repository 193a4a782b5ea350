namespace PolarGrid.Audio.Decoders;

/// <summary>A file's bytes, in memory or in a stream that can seek; read by one thread at a time.</summary>
internal sealed class AudioBytes
{
    private readonly ReadOnlyMemory<byte> memory;
    private readonly Stream? stream;

    public AudioBytes(ReadOnlyMemory<byte> memory)
    {
        this.memory = memory;
        Length = memory.Length;
    }

    public AudioBytes(Stream stream)
    {
        if (!stream.CanRead || !stream.CanSeek) throw new ArgumentException("The stream must be readable and able to seek.", nameof(stream));
        this.stream = stream;
        Length = stream.Length;
    }

    public long Length { get; }

    /// <returns>Bytes read: all that were asked but at the end.</returns>
    public int ReadAt(long offset, Span<byte> into)
    {
        if (offset >= Length || offset < 0) return 0;
        if (into.Length > Length - offset) into = into[..(int)(Length - offset)];
        if (stream is null)
        {
            memory.Span.Slice((int)offset, into.Length).CopyTo(into);
            return into.Length;
        }

        stream.Position = offset;
        return stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }
}
