namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>
/// Decides whose job is next: a bounded number at once, and of those that wait the one whose key has the fewest under way, in turn where
/// that is equal. Jobs of one key are worked on in the order in which they came.
/// </summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class JobTurns(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> running = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, LinkedList<TaskCompletionSource> Waiting)> keys = new();
    private int free = most;

    /// <summary>Waits for a turn, which <see cref="Release"/> ends.</summary>
    /// <exception cref="OperationCanceledException">The server stops; there was no turn.</exception>
    public async Task WaitAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (free > 0)
            {
                Begin(key);
                return;
            }

            Queue(key).AddLast(turn);
        }

        await using var leaving = cancellationToken.UnsafeRegister(
            static (turn, token) => ((TaskCompletionSource)turn!).TrySetCanceled(token), turn);
        await turn.Task;
    }

    public void Release(string key)
    {
        lock (gate)
        {
            free++;
            if (--running[key] == 0) running.Remove(key);
            while (free > 0 && keys.First is not null) Admit();
        }
    }

    private void Begin(string key)
    {
        free--;
        running[key] = running.GetValueOrDefault(key) + 1;
    }

    private LinkedList<TaskCompletionSource> Queue(string key)
    {
        foreach (var (owner, waiting) in keys)
        {
            if (owner == key) return waiting;
        }

        return keys.AddLast((key, new LinkedList<TaskCompletionSource>())).Value.Waiting;
    }

    /// <summary>The first of the keys with the fewest under way; it goes to the end of the row.</summary>
    private void Admit()
    {
        var chosen = keys.First!;
        for (var other = chosen.Next; other is not null; other = other.Next)
        {
            if (running.GetValueOrDefault(other.Value.Key) < running.GetValueOrDefault(chosen.Value.Key)) chosen = other;
        }

        var (key, waiting) = chosen.Value;
        var turn = waiting.First!.Value;
        waiting.RemoveFirst();
        keys.Remove(chosen);
        if (waiting.Count > 0) keys.AddLast(chosen);
        if (turn.TrySetResult()) Begin(key);
    }
}
