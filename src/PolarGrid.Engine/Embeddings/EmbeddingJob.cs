namespace PolarGrid.Engine.Embeddings;

/// <summary>One request on its way through the loop.</summary>
internal sealed class EmbeddingJob(IReadOnlyList<int[]> inputs, int dimensions, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<EmbeddingOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long submitted = time.GetTimestamp();
    private readonly Lock gate = new();
    private TimeSpan queueTime;
    private int done;
    private int tokensTaken;

    public Task<EmbeddingOutcome> Completion => completion.Task;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>One per input; null until a pass takes it.</summary>
    public float[][] Vectors { get; } = new float[inputs.Count][];

    public int Inputs => inputs.Count;

    /// <summary>Of all inputs together.</summary>
    public int Tokens { get; } = inputs.Sum(input => input.Length);

    /// <summary>The next input that no pass has taken.</summary>
    public int Next { get; private set; }

    /// <summary>Whether no pass has to take anything of it any more.</summary>
    public bool IsAllTaken => Next == inputs.Count || IsEnded;

    public bool IsEnded => completion.Task.IsCompleted;

    public int[] Peek() => inputs[Next];

    /// <summary>Gives the next input to a pass, and makes room for its vector.</summary>
    /// <returns>Its place; null where the job has ended: what it used has been told then.</returns>
    public int? TryTake()
    {
        lock (gate)
        {
            if (IsEnded) return null;
            if (Next == 0) queueTime = time.GetElapsedTime(submitted);
            Vectors[Next] = new float[dimensions];
            tokensTaken += inputs[Next].Length;
            return Next++;
        }
    }

    /// <summary>Counts an input as computed; the last one completes the job.</summary>
    public void CountDone()
    {
        if (++done < inputs.Count) return;
        completion.TrySetResult(new EmbeddingOutcome { Vectors = Vectors, Tokens = Tokens, QueueTime = queueTime });
    }

    public void Fail(EngineError error, int? input = null)
    {
        lock (gate) completion.TrySetResult(EmbeddingOutcome.Failed(error, input) with { Tokens = tokensTaken });
    }

    public void Cancel()
    {
        lock (gate) completion.TrySetException(new EmbeddingCancelledException(tokensTaken, cancellationToken));
    }
}
