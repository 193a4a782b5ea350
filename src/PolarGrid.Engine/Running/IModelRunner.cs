using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Grammars.Tokens;

namespace PolarGrid.Engine.Running;

/// <summary>
/// The native side of one context: a KV cache shared by numbered sequences, and one forward pass at a time.
/// </summary>
/// <remarks>Only the loop's thread calls any member; whoever created the runner disposes it after the loop has ended.</remarks>
public interface IModelRunner : IDisposable
{
    RunnerCapacity Capacity { get; }

    /// <summary>Computes the entries in one forward pass and stores their keys and values.</summary>
    /// <param name="batch">1 to <see cref="RunnerCapacity.BatchTokens"/> entries; a sequence's positions ascend without gaps.</param>
    /// <returns>On anything but <see cref="DecodeStatus.Ok"/> the KV cache is as it was before the call, or the runner is unusable.</returns>
    DecodeStatus Decode(ReadOnlySpan<BatchEntry> batch);

    /// <summary>
    /// How many of so many decoding sequences to compute in one pass, for most tokens per second. A pass over two sequences may take
    /// longer than two passes over one, where small batches leave the fast path for single rows.
    /// </summary>
    /// <param name="sequences">At least 1.</param>
    /// <returns>1 to <paramref name="sequences"/>.</returns>
    int DecodeWidth(int sequences) => sequences;

    /// <summary>Lets <paramref name="target"/>, which is empty, share the first <paramref name="tokens"/> cells of another sequence.</summary>
    void CopyPrefix(int source, int target, int tokens);

    /// <summary>Drops a sequence's cells from position <paramref name="keep"/> on. Not called where prefixes cannot be shared in part.</summary>
    void Truncate(int sequence, int keep);

    /// <summary>Drops all cells of a sequence.</summary>
    void Clear(int sequence);

    /// <summary>Creates the sampler of one sequence. The loop disposes it.</summary>
    /// <param name="settings">Already checked.</param>
    /// <param name="prompt">For the repetition penalty, which counts prompt tokens too.</param>
    /// <param name="constraint">Which tokens may come; the sampler tells it what it chose. Null leaves the answer free.</param>
    ISequenceSampler CreateSampler(SamplingSettings settings, ReadOnlySpan<int> prompt, TokenConstraint? constraint = null);

    /// <summary>
    /// How likely a token is after an entry of the last <see cref="Decode"/> call that asked for output: the log-softmax of the model's
    /// own logits over the whole vocabulary, before bias, penalties, temperature or grammar.
    /// </summary>
    /// <param name="batchIndex">The entry's index in that batch.</param>
    /// <param name="token">In the vocabulary.</param>
    /// <param name="top">Filled with the likeliest tokens, likeliest first, the lower id first where two are alike; no longer than the vocabulary.</param>
    /// <returns>The token's own log-probability.</returns>
    float ReadLogprobs(int batchIndex, int token, Span<RankedToken> top);
}

/// <summary>Chooses tokens for one sequence and remembers what it chose.</summary>
public interface ISequenceSampler : IDisposable
{
    /// <summary>Chooses from the logits of an entry of the last <see cref="IModelRunner.Decode"/> call that asked for output.</summary>
    /// <param name="batchIndex">The entry's index in that batch.</param>
    /// <param name="allowEnd">False keeps the model from ending its answer here, unless nothing else may come.</param>
    /// <returns>The token, or -1 when the constraint has an <see cref="TokenConstraint.Error"/>.</returns>
    int Sample(int batchIndex, bool allowEnd);

    /// <summary>Takes a token that was not drawn, as if it had been.</summary>
    /// <returns>False when the constraint does not allow it; nothing has changed then.</returns>
    bool TryTake(int token);

    /// <summary>From now on the token is not drawn, unless nothing else may come.</summary>
    /// <param name="token">In the vocabulary.</param>
    void Bar(int token);
}

/// <summary>What a runner can hold.</summary>
/// <param name="Sequences">Sequence numbers run from 0 to one less than this; at most 256.</param>
/// <param name="KvTokens">Cells of all sequences together.</param>
/// <param name="BatchTokens">Most entries of one forward pass.</param>
/// <param name="Outputs">Most entries of one forward pass that may ask for output.</param>
/// <param name="SharesPartialPrefixes">
/// False for recurrent models, and for a sliding window where sequences fill one cache: only a whole sequence can be continued or copied.
/// </param>
public sealed record RunnerCapacity(int Sequences, int KvTokens, int BatchTokens, int Outputs, bool SharesPartialPrefixes)
{
    /// <summary>Most cells that one sequence can have; less than <see cref="KvTokens"/> where each has a stretch of its own.</summary>
    public int SequenceTokens { get; init; } = KvTokens;

    /// <summary>Whether each sequence has cells of its own, which only equally many rows of neighbours are computed together over.</summary>
    public bool IsSeparate => SequenceTokens < KvTokens;

    /// <summary>
    /// Sharing fewer tokens than this between sequences is not worth it. 1 where sharing is bookkeeping; more where it copies memory.
    /// </summary>
    public int LeastSharedTokens { get; init; } = 1;

    /// <summary>
    /// What passes over few rows take, with output for each. Null where it was not measured, or where the newest cells of a sequence
    /// cannot be dropped: then no tokens are foretold.
    /// </summary>
    public PassCosts? PassCosts { get; init; }
}

/// <summary>One token of a forward pass.</summary>
/// <param name="Token">In the vocabulary.</param>
/// <param name="Position">In its sequence, from 0.</param>
/// <param name="Sequence">Which sequence.</param>
/// <param name="Output">Whether a sampler will read logits here.</param>
public readonly record struct BatchEntry(int Token, int Position, int Sequence, bool Output);

/// <summary>How a forward pass ended.</summary>
public enum DecodeStatus
{
    Ok,

    /// <summary>No room in the KV cache; nothing was computed.</summary>
    NoKvRoom,

    /// <summary>The library refused the batch; nothing was computed.</summary>
    InvalidBatch,

    /// <summary>The library failed; the context's contents are not to be trusted any more.</summary>
    Fatal,
}
