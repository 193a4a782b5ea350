using System.Threading.Tasks.Sources;

namespace PolarGrid.Engine;

/// <summary>
/// The events of one request: written by the engine's loop, read by one request thread. The writer never waits for the reader:
/// what is unread is bounded by the request's token limit, so the buffers need no bound of their own.
/// </summary>
/// <remarks>
/// Reading: <c>while (await stream.WaitAsync()) while (stream.TryRead(out var e)) …</c>. Exactly one terminal event arrives.
/// Two pairs of buffers swap roles under a lock, so a stream in steady state allocates nothing.
/// </remarks>
public sealed class GenerationStream : IValueTaskSource<bool>
{
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<bool> signal = new() { RunContinuationsAsynchronously = true };
    private EventBuffer writing = new();
    private EventBuffer reading = new();
    private int next;
    private bool waiting;
    private bool ended;
    private volatile bool cancelled;

    /// <summary>Counts so far; final once the terminal event was read.</summary>
    public GenerationUsage Usage { get; private set; }

    /// <summary>From submission to the first step that took part of the prompt; set before the first event can be read.</summary>
    public TimeSpan QueueTime { get; private set; }

    /// <summary>Why the request failed; set before a <see cref="TokenEventKind.Failed"/> event can be read.</summary>
    public EngineError? Error { get; private set; }

    /// <summary>Whether the prompt ended inside a thinking block, so that the answer begins with thinking.</summary>
    public bool OpensInThinking { get; init; }

    /// <summary>Whether the caller has gone; the loop looks at this at every step.</summary>
    public bool IsCancelled => cancelled;

    /// <summary>A stream that holds one failure and nothing else.</summary>
    public static GenerationStream Failed(EngineError error)
    {
        var stream = new GenerationStream();
        stream.Fail(error);
        return stream;
    }

    /// <summary>Told when <see cref="Cancel"/> is called, so that an idle engine looks.</summary>
    internal Action? CancelRequested { get; init; }

    /// <summary>Marks the request as no longer wanted. Safe from any thread, any number of times, also after the end.</summary>
    public void Cancel()
    {
        cancelled = true;
        CancelRequested?.Invoke();
    }

    /// <summary>Waits until an event can be read. False once the terminal event has been read.</summary>
    /// <remarks>One waiter at a time.</remarks>
    public ValueTask<bool> WaitAsync()
    {
        lock (gate)
        {
            if (next < reading.Count || writing.Published > 0) return new(true);
            if (ended) return new(false);
            signal.Reset();
            waiting = true;
            return new(this, signal.Version);
        }
    }

    /// <summary>Takes the next event if one is there. The text of earlier events is no longer valid after this call.</summary>
    public bool TryRead(out TokenEvent item)
    {
        if (next >= reading.Count && !Swap())
        {
            item = default;
            return false;
        }

        item = reading[next++];
        return true;
    }

    /// <summary>The UTF-8 text of the event that was read last.</summary>
    public ReadOnlySpan<byte> TextOf(in TokenEvent item) => reading.Text(item);

    /// <summary>The log-probabilities of the event that was read last; valid as long as its text.</summary>
    public LogprobRange LogprobsOf(in TokenEvent item) => reading.Logprobs(item);

    /// <summary>Writes the first event. Loop thread only, like all writing members.</summary>
    public void Start(int promptTokens, int cachedTokens, TimeSpan queueTime = default)
    {
        lock (gate)
        {
            QueueTime = queueTime;
            Usage = new GenerationUsage(promptTokens, cachedTokens, 0);
            writing.Add(TokenEventKind.Started, 0, FinishReason.None, 0, []);
        }
    }

    /// <summary>Adds text to a choice. Empty text with tokens is kept: it counts.</summary>
    /// <param name="choice">Which choice.</param>
    /// <param name="utf8">Whole characters.</param>
    /// <param name="tokens">How many tokens to count.</param>
    /// <param name="logprobs">Copied; null or empty where none were asked for.</param>
    public void Write(int choice, ReadOnlySpan<byte> utf8, int tokens, LogprobBlock? logprobs = null)
    {
        lock (gate)
        {
            Usage = Usage with { CompletionTokens = Usage.CompletionTokens + tokens };
            writing.Add(TokenEventKind.Delta, choice, FinishReason.None, tokens, utf8, logprobs);
        }
    }

    /// <summary>Ends one choice.</summary>
    public void Finish(int choice, FinishReason reason, int tokens)
    {
        lock (gate)
        {
            Usage = Usage with { CompletionTokens = Usage.CompletionTokens + tokens };
            writing.Add(TokenEventKind.ChoiceFinished, choice, reason, tokens, []);
        }
    }

    /// <summary>Ends the request well. Ignored after a terminal event.</summary>
    public void Complete() => End(TokenEventKind.Completed, null);

    /// <summary>Ends the request badly. Ignored after a terminal event.</summary>
    public void Fail(EngineError error) => End(TokenEventKind.Failed, error);

    /// <summary>Makes what was written readable and wakes the reader: once per step, not once per event.</summary>
    public void Publish()
    {
        lock (gate)
        {
            writing.Publish();
            if (!waiting || writing.Published == 0) return;
            waiting = false;
        }

        signal.SetResult(true);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => signal.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        signal.OnCompleted(continuation, state, token, flags);

    private void End(TokenEventKind kind, EngineError? error)
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
            Error = error;
            writing.Add(kind, 0, FinishReason.None, 0, []);

            // Readable before the lock is left: a reader who sees the end must also see the terminal event.
            writing.Publish();
        }

        Publish();
    }

    private bool Swap()
    {
        lock (gate)
        {
            if (writing.Published == 0) return false;
            reading.Clear();
            (reading, writing) = (writing, reading);

            // Events that are written but not yet published travel with the swap: they were written in this very step.
            next = 0;
            return true;
        }
    }

    /// <summary>Events and their text, side by side.</summary>
    private sealed class EventBuffer
    {
        private static readonly LogprobBlock NoLogprobs = new();

        private TokenEvent[] events = new TokenEvent[8];
        private byte[] text = new byte[128];
        private int textLength;
        private LogprobBlock? logprobs;

        public int Count { get; private set; }

        public int Published { get; private set; }

        public TokenEvent this[int index] => events[index];

        public void Add(
            TokenEventKind kind, int choice, FinishReason finish, int tokens, ReadOnlySpan<byte> utf8, LogprobBlock? scores = null)
        {
            if (Count == events.Length) Array.Resize(ref events, Count * 2);
            if (textLength + utf8.Length > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, textLength + utf8.Length));
            utf8.CopyTo(text.AsSpan(textLength));
            var scored = scores?.Count ?? 0;
            events[Count++] = new TokenEvent(kind, choice, finish, tokens, textLength, utf8.Length, logprobs?.Count ?? 0, scored);
            textLength += utf8.Length;
            if (scored > 0) (logprobs ??= new LogprobBlock()).Append(scores!, 0, scored);
        }

        public void Publish() => Published = Count;

        public ReadOnlySpan<byte> Text(in TokenEvent item) => text.AsSpan(item.TextStart, item.TextLength);

        public LogprobRange Logprobs(in TokenEvent item) => new(logprobs ?? NoLogprobs, item.LogprobStart, item.Logprobs);

        public void Clear()
        {
            logprobs?.Clear();
            Count = 0;
            Published = 0;
            textLength = 0;
        }
    }
}
