using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Tests.Running;

/// <summary>
/// A runner whose next token is a hash of every token its sequence holds, so that one wrongly shared or missing cell changes the
/// answer. It keeps cells as objects and checks what a native cache would: room, order, empty targets.
/// </summary>
internal sealed class RecallingRunner(RunnerCapacity capacity, int vocabulary = 1000) : IModelRunner
{
    private readonly List<Cell>[] slots = [.. Enumerable.Range(0, capacity.Sequences).Select(_ => new List<Cell>())];
    private readonly Dictionary<int, ulong> logits = [];
    private readonly Dictionary<int, int> echoes = [];
    private int cells;

    public RunnerCapacity Capacity => capacity;

    /// <summary>How many sequences decode at a time; null: all.</summary>
    public Func<int, int>? Width { get; set; }

    public int DecodeWidth(int sequences) => Width?.Invoke(sequences) ?? sequences;

    public int Cells => cells;

    /// <summary>All tokens computed since the start.</summary>
    public long Computed { get; private set; }

    public List<int> BatchSizes { get; } = [];

    /// <summary>
    /// Above 0, an answer goes on with the token that stood so many places before, except where the hash of all tokens says otherwise:
    /// it repeats itself, and is still changed by any wrong cell.
    /// </summary>
    public int EchoDistance { get; init; }

    public int LiveSamplers { get; private set; }

    /// <summary>What samplers were told not to draw.</summary>
    public List<int> Barred { get; } = [];

    /// <summary>Called at the start of every pass, on the loop thread; may block it.</summary>
    public Action<IReadOnlyList<BatchEntry>>? BeforeDecode { get; set; }

    public Func<DecodeStatus>? Outcome { get; set; }

    /// <summary>What a sequence with these tokens answers next.</summary>
    public static int Next(IEnumerable<int> tokens, int vocabulary, ulong salt = 0) =>
        (int)(tokens.Aggregate(14695981039346656037UL ^ salt, (hash, token) => (hash ^ (uint)token) * 1099511628211UL) % (ulong)vocabulary);

    /// <summary>One token in eight is no echo.</summary>
    public static bool Echoes(ulong hash) => (hash >> 20) % 8 != 0;

    public DecodeStatus Decode(ReadOnlySpan<BatchEntry> batch)
    {
        BeforeDecode?.Invoke(batch.ToArray());
        if (Outcome?.Invoke() is { } outcome && outcome != DecodeStatus.Ok) return outcome;
        Assert.InRange(batch.Length, 1, capacity.BatchTokens);
        if (cells + batch.Length > capacity.KvTokens) return DecodeStatus.NoKvRoom;
        logits.Clear();
        echoes.Clear();
        var outputs = 0;
        for (var at = 0; at < batch.Length; at++)
        {
            var entry = batch[at];
            var slot = slots[entry.Sequence];
            Assert.Equal(slot.Count, entry.Position);
            slot.Add(new Cell(entry.Token) { Holders = 1 });
            cells++;
            if (!entry.Output) continue;
            outputs++;
            logits[at] = slot.Aggregate(14695981039346656037UL, (hash, cell) => (hash ^ (uint)cell.Token) * 1099511628211UL);
            if (EchoDistance > 0 && slot.Count >= EchoDistance) echoes[at] = slot[^EchoDistance].Token;
        }

        Assert.InRange(outputs, 0, capacity.Outputs);
        Computed += batch.Length;
        BatchSizes.Add(batch.Length);
        return DecodeStatus.Ok;
    }

    public void CopyPrefix(int source, int target, int tokens)
    {
        Assert.Empty(slots[target]);
        Assert.InRange(tokens, 1, slots[source].Count);
        if (!capacity.SharesPartialPrefixes) Assert.Equal(slots[source].Count, tokens);
        foreach (var cell in slots[source].Take(tokens))
        {
            cell.Holders++;
            slots[target].Add(cell);
        }
    }

    public void Truncate(int sequence, int keep)
    {
        Assert.True(capacity.SharesPartialPrefixes);
        Release(slots[sequence].Skip(keep));
        slots[sequence].RemoveRange(keep, slots[sequence].Count - keep);
    }

    public void Clear(int sequence)
    {
        Release(slots[sequence]);
        slots[sequence].Clear();
    }

    public ISequenceSampler CreateSampler(SamplingSettings settings, ReadOnlySpan<int> prompt, TokenConstraint? constraint = null)
    {
        LiveSamplers++;
        return new Sampler(this, (ulong)(settings.Seed ?? 0), constraint);
    }

    /// <summary>A number that any wrong or missing cell changes, as the tokens themselves do.</summary>
    public static float Logprob(IEnumerable<int> before, int token) => -(Next(before, 997) + (token % 7)) / 100f;

    public float ReadLogprobs(int batchIndex, int token, Span<RankedToken> top)
    {
        var own = (int)(logits[batchIndex] % 997);
        for (var at = 0; at < top.Length; at++) top[at] = new RankedToken(at + 1, -(own + at) / 100f);
        return -(own + (token % 7)) / 100f;
    }

    public void Dispose()
    {
    }

    private void Release(IEnumerable<Cell> released)
    {
        foreach (var cell in released)
        {
            if (--cell.Holders == 0) cells--;
        }
    }

    private sealed record Cell(int Token)
    {
        public int Holders { get; set; }
    }

    private sealed class Sampler(RecallingRunner runner, ulong seed, TokenConstraint? constraint) : ISequenceSampler
    {
        public int Sample(int batchIndex, bool allowEnd)
        {
            var hash = runner.logits[batchIndex] + (seed * 31);
            var token = runner.echoes.TryGetValue(batchIndex, out var echo) && Echoes(hash) ? echo : (int)(hash % (ulong)runner.VocabularySize);
            if (!allowEnd && token == 0) token = 1;
            if (constraint is null) return token;

            // The first token that fits, going up from the one that a free answer would have.
            if (!constraint.Allows(token))
            {
                if (constraint.Allowed() is not { } allowed) return -1;
                while (!allowed.Contains(token)) token = (token + 1) % runner.VocabularySize;
            }

            constraint.Accept(token);
            return token;
        }

        public bool TryTake(int token)
        {
            if (constraint?.Allows(token) is false) return false;
            constraint?.Accept(token);
            return true;
        }

        public void Bar(int token) => runner.Barred.Add(token);

        public void Dispose() => runner.LiveSamplers--;
    }

    private int VocabularySize => vocabulary;
}
