namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>A bound on the decoded audio that is in memory, in seconds. Who asks for more than is free waits; first come, first served.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class AudioRoom(double capacity)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(double Seconds, TaskCompletionSource Turn)> waiting = new();
    private double used;

    /// <summary>Seconds taken.</summary>
    public double Used
    {
        get
        {
            lock (gate) return used;
        }
    }

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    /// <summary>Waits no longer than a while.</summary>
    /// <param name="seconds">At most the capacity.</param>
    /// <param name="patience">The longest wait.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <returns>Whether it was taken.</returns>
    /// <exception cref="OperationCanceledException">The caller left while waiting; nothing is taken.</exception>
    public async Task<bool> TryTakeAsync(double seconds, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        if (TryTake(seconds)) return true;
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await TakeAsync(seconds, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <param name="seconds">At most the capacity.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <exception cref="OperationCanceledException">The caller left while waiting; nothing is taken.</exception>
    public async Task TakeAsync(double seconds, CancellationToken cancellationToken)
    {
        LinkedListNode<(double Seconds, TaskCompletionSource Turn)> place;
        lock (gate)
        {
            if (TryTake(seconds)) return;
            place = waiting.AddLast((seconds, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        await using var leaving = cancellationToken.UnsafeRegister(_ => Leave(place, cancellationToken), null);
        await place.Value.Turn.Task;
    }

    /// <summary>Takes what is free at once, unless others wait.</summary>
    private bool TryTake(double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, capacity);
        lock (gate)
        {
            if (waiting.Count > 0 || used + seconds > capacity) return false;
            used += seconds;
            return true;
        }
    }

    public void Give(double seconds)
    {
        lock (gate)
        {
            used = Math.Max(0, used - seconds);
            Admit();
        }
    }

    private void Leave(LinkedListNode<(double Seconds, TaskCompletionSource Turn)> place, CancellationToken token)
    {
        lock (gate)
        {
            if (place.List is null) return;
            waiting.Remove(place);
            place.Value.Turn.TrySetCanceled(token);
            Admit();
        }
    }

    private void Admit()
    {
        while (waiting.First is { } first && used + first.Value.Seconds <= capacity)
        {
            waiting.RemoveFirst();
            used += first.Value.Seconds;
            first.Value.Turn.TrySetResult();
        }
    }
}
