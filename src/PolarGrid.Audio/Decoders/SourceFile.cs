using PolarGrid.Audio.Native;

namespace PolarGrid.Audio.Decoders;

/// <summary>
/// The file that a reader sees: what follows the skipped beginning. When the caller has left, or a broken file makes the reader go over
/// the same bytes again and again, reading fails, which ends even a native loop that nobody else could stop.
/// </summary>
internal sealed class SourceFile(AudioBytes bytes, long offset, CancellationToken cancellationToken) : VirtualFile
{
    /// <summary>A sound reader goes over a file a few times at most: length, seek points, samples.</summary>
    private const int MostPasses = 32;

    private long budget = (bytes.Length + (1 << 20)) * MostPasses;

    protected override long Length => bytes.Length - offset;

    protected override int Read(Span<byte> into)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var position = Position;
        if (position >= Length) return 0;
        var read = bytes.ReadAt(offset + position, into);
        budget -= read;
        return budget > 0 ? read : 0;
    }
}
