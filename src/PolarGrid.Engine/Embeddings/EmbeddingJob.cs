namespace PolarGrid.Engine.Embeddings;

/// <summary>One request on its way through the loop.</summary>
internal sealed class EmbeddingJob(IReadOnlyList<int[]> inputs, int dimensions, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<EmbeddingOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long submitted = time.GetTimestamp();
    private TimeSpan queueTime;
    private int done;

    public Task<EmbeddingOutcome> Completion => completion.Task;

    public CancellationToken CancellationToken => cancellationToken;

    public float[][] Vectors { get; } = [.. inputs.Select(_ => new float[dimensions])];

    /// <summary>The next input that no pass has taken.</summary>
    public int Next { get; private set; }

    public bool IsAllTaken => Next == inputs.Count;

    public bool IsEnded => completion.Task.IsCompleted;

    public int[] Peek() => inputs[Next];

    public int Take()
    {
        if (Next == 0) queueTime = time.GetElapsedTime(submitted);
        return Next++;
    }

    /// <summary>Counts an input as computed; the last one completes the job.</summary>
    public void CountDone()
    {
        if (++done < inputs.Count) return;
        completion.TrySetResult(new EmbeddingOutcome { Vectors = Vectors, Tokens = inputs.Sum(input => input.Length), QueueTime = queueTime });
    }

    public void Fail(EngineError error) => completion.TrySetResult(EmbeddingOutcome.Failed(error));

    public void Cancel() => completion.TrySetCanceled(cancellationToken);
}
