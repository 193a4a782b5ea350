using System.Buffers;
using System.Threading.Channels;

namespace PolarGrid.Edge.Speech;

/// <summary>Samples on their way from an engine's thread to the one that sends them. One writer, one reader.</summary>
/// <remarks>
/// Unbounded by itself: the writer of pieces asks <see cref="RoomAsync"/> before each one, so what waits here is bound to that and a piece.
/// An engine may be a hundred times faster than speech and hand out samples a thousand times a second; waking the reader each time would
/// cost more than sending. So the first samples pass at once, and later ones gather for a moment.
/// </remarks>
/// <param name="samplesAhead">How many may wait before the next piece does.</param>
/// <param name="time">Says when a moment is over.</param>
internal sealed class SpokenAudio(long samplesAhead, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly ArrayBufferWriter<float> gathered = new();
    private readonly Channel<Chunk> chunks = Channel.CreateUnbounded<Chunk>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Channel<bool> taken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropWrite });

    private long waiting, added, passed;

    /// <summary>All samples so far.</summary>
    public long Added => Interlocked.Read(ref added);

    /// <summary>Samples that nobody has taken yet.</summary>
    public long Waiting => Interlocked.Read(ref waiting);

    public void Add(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty) return;
        var isFirst = Added == 0;
        Interlocked.Add(ref waiting, samples.Length);
        Interlocked.Add(ref added, samples.Length);
        gathered.Write(samples);
        if (isFirst || time.GetElapsedTime(passed) >= Moment) Pass();
    }

    /// <summary>Lets the reader have what is gathered: a piece is complete.</summary>
    public void Pass()
    {
        var samples = gathered.WrittenSpan;
        if (samples.IsEmpty) return;
        var copy = ArrayPool<float>.Shared.Rent(samples.Length);
        samples.CopyTo(copy);
        if (!chunks.Writer.TryWrite(new Chunk(copy, samples.Length))) throw new InvalidOperationException("The audio has been ended.");
        gathered.ResetWrittenCount();
        passed = time.GetTimestamp();
    }

    /// <summary>No more comes. With an exception: reading on throws it.</summary>
    public void End(Exception? why = null) => chunks.Writer.TryComplete(why);

    /// <summary>Waits until the reader is near enough for another sentence.</summary>
    public async ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        while (Waiting > samplesAhead) await taken.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>False when everything has been read.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => chunks.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Gives the next samples that are there to <paramref name="take"/>; false when there are none at the moment.</summary>
    public bool TryTake<T>(T state, TakeSamples<T> take)
    {
        if (!chunks.Reader.TryRead(out var chunk)) return false;
        try
        {
            take(state, chunk.Samples.AsSpan(0, chunk.Length));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(chunk.Samples);
            Interlocked.Add(ref waiting, -chunk.Length);
            taken.Writer.TryWrite(true);
        }

        return true;
    }

    private readonly record struct Chunk(float[] Samples, int Length);
}

/// <summary>Uses samples, which are valid during the call only.</summary>
internal delegate void TakeSamples<in T>(T state, ReadOnlySpan<float> samples);
