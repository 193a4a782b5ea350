using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Tests.Running;

/// <summary>A runner that says that more rows cost nearly nothing, so that whether tokens are foretold does not hang on the machine.</summary>
internal sealed class FixedCosts(LlamaRunner inner) : IModelRunner
{
    private static readonly PassCosts Flat = new([(1, 10), (32, 11)]);

    public List<int> Passes { get; } = [];

    public RunnerCapacity Capacity { get; } = inner.Capacity with { PassCosts = inner.Capacity.PassCosts is null ? null : Flat };

    public DecodeStatus Decode(ReadOnlySpan<BatchEntry> batch)
    {
        Passes.Add(batch.Length);
        return inner.Decode(batch);
    }

    public void CopyPrefix(int source, int target, int tokens) => inner.CopyPrefix(source, target, tokens);

    public void Truncate(int sequence, int keep) => inner.Truncate(sequence, keep);

    public void Clear(int sequence) => inner.Clear(sequence);

    public ISequenceSampler CreateSampler(SamplingSettings settings, ReadOnlySpan<int> prompt, TokenConstraint? constraint = null) =>
        inner.CreateSampler(settings, prompt, constraint);

    public float ReadLogprobs(int batchIndex, int token, Span<RankedToken> top) => inner.ReadLogprobs(batchIndex, token, top);

    public void Dispose() => inner.Dispose();
}
