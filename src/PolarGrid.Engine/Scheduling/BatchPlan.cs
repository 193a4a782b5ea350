using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Scheduling;

/// <summary>One step: changes of the native cache in order, then the tokens of one forward pass. Reused from step to step.</summary>
internal sealed class BatchPlan
{
    /// <summary>To be carried out in this order before the pass.</summary>
    public List<CacheAction> Actions { get; } = [];

    public List<BatchEntry> Entries { get; } = [];

    /// <summary>Which sequences take part, and with how many tokens.</summary>
    public List<(Sequence Sequence, int Tokens)> Parts { get; } = [];

    /// <summary>Which sequences get new tokens, and from which entries' logits.</summary>
    public List<PlannedOutput> Outputs { get; } = [];

    /// <summary>Which sequences learn how likely their next prompt token was, and from which entry's logits; in the prompt's order.</summary>
    public List<(Sequence Sequence, int Entry)> Scores { get; } = [];

    /// <summary>Sequences that decode; entries beyond theirs are prompt tokens or foretold ones.</summary>
    public int DecodeTokens { get; set; }

    public bool IsEmpty => Entries.Count == 0;

    /// <summary>Adds the next pending tokens of a sequence; where no more are pending behind them, it gets a new one.</summary>
    public void Add(Sequence sequence, int tokens)
    {
        var completes = tokens == sequence.Pending;
        for (var at = 0; at < tokens; at++)
        {
            var position = sequence.Computed + at;
            var output = completes && at == tokens - 1;
            if (output) Outputs.Add(new PlannedOutput(sequence, Entries.Count));
            var scored = position >= sequence.FirstScored && position < sequence.PromptTokens - 1;
            if (scored) Scores.Add((sequence, Entries.Count));
            Entries.Add(new BatchEntry(sequence.Tokens[position], position, sequence.Slot, output || scored));
        }

        Parts.Add((sequence, tokens));
    }

    /// <summary>Adds the foretold tokens of the sequence that was added last.</summary>
    public void AddDraft(Sequence sequence)
    {
        Outputs[^1] = Outputs[^1] with { Drafted = sequence.Drafted };
        for (var at = 0; at < sequence.Drafted; at++)
        {
            Entries.Add(new BatchEntry(sequence.Draft[at], sequence.Tokens.Count + at, sequence.Slot, Output: true));
        }
    }

    public void Clear()
    {
        Actions.Clear();
        Entries.Clear();
        Parts.Clear();
        Outputs.Clear();
        Scores.Clear();
        DecodeTokens = 0;
    }
}

/// <summary>Where a sequence's new tokens come from.</summary>
/// <param name="Sequence">All its known tokens are computed in this step.</param>
/// <param name="Entry">Its logits give the next token.</param>
/// <param name="Drafted">So many entries behind it are foretold tokens; each gives one more as long as those before it came.</param>
internal readonly record struct PlannedOutput(Sequence Sequence, int Entry, int Drafted = 0);

/// <summary>A change of the native cache.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Slot">With which sequence.</param>
/// <param name="Source">Copy: from where.</param>
/// <param name="Tokens">Copy and truncate: how many tokens the slot then has.</param>
internal readonly record struct CacheAction(CacheActionKind Kind, int Slot, int Source = -1, int Tokens = 0);

internal enum CacheActionKind : byte
{
    Copy,
    Truncate,
    Clear,
}
