using PolarGrid.Audio.Native;

namespace PolarGrid.Audio.Decoders;

/// <summary>
/// The file that a reader sees: <see cref="SniffedAudio.Head"/> and a stretch of the real file. When the caller has left, or a broken
/// file makes the reader go over the same bytes again and again, reading fails, which ends even a native loop that nobody else could stop.
/// </summary>
internal sealed class SourceFile(AudioBytes bytes, SniffedAudio sniffed, CancellationToken cancellationToken) : VirtualFile
{
    /// <summary>A sound reader goes over a file a few times at most: length, seek points, samples.</summary>
    private const int MostPasses = 32;

    private long budget = (bytes.Length + (1 << 20)) * MostPasses;

    protected override long Length => sniffed.Head.Length + sniffed.Length;

    protected override int Read(Span<byte> into)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var position = Position;
        if (position >= Length || budget <= 0) return 0;
        var read = position < sniffed.Head.Length ? ReadHead((int)position, into) : ReadFile(position - sniffed.Head.Length, into);
        if (read < into.Length && position < sniffed.Head.Length) read += ReadFile(0, into[read..]);
        budget -= read;
        return read;
    }

    private int ReadHead(int position, Span<byte> into)
    {
        var part = sniffed.Head.AsSpan(position);
        if (part.Length > into.Length) part = part[..into.Length];
        part.CopyTo(into);
        return part.Length;
    }

    private int ReadFile(long position, Span<byte> into)
    {
        var left = sniffed.Length - position;
        return bytes.ReadAt(sniffed.Offset + position, into.Length > left ? into[..(int)left] : into);
    }
}
