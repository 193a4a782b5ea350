using System.Numerics.Tensors;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Sampling;

internal sealed unsafe class LlamaSequenceSampler : ISequenceSampler
{
    private readonly LlamaRunner runner;
    private readonly SamplerHandle? chain;

    private LlamaSequenceSampler(LlamaRunner runner, SamplerHandle? chain)
    {
        this.runner = runner;
        this.chain = chain;
    }

    public static LlamaSequenceSampler Create(LlamaRunner runner, SamplingSettings settings, ReadOnlySpan<int> prompt)
    {
        var chain = SamplerChain.NeedsChain(settings) ? SamplerChain.Build(settings, runner.Tokenizer.VocabularySize, runner.Capacity.KvTokens, prompt) : null;
        return new LlamaSequenceSampler(runner, chain);
    }

    public int Sample(int batchIndex, bool allowEnd)
    {
        var logits = runner.Logits(batchIndex);
        if (chain is null) return Greedy(logits, allowEnd);

        var buffer = runner.Candidates;
        var data = buffer.Data;
        for (var i = 0; i < logits.Length; i++) data[i] = new LlamaTokenData { Id = i, Logit = logits[i] };
        if (!allowEnd)
        {
            foreach (var token in runner.Tokenizer.EndOfGenerationTokens) data[token].Logit = float.NegativeInfinity;
        }

        var candidates = new LlamaTokenDataArray { Data = data, Size = (nuint)logits.Length, Selected = -1 };
        NativeSampling.Apply(chain, &candidates);
        if (candidates.Selected < 0 || (nuint)candidates.Selected >= candidates.Size) throw new InvalidOperationException("The sampler chain chose nothing.");
        var chosen = candidates.Data[candidates.Selected].Id;
        NativeSampling.Accept(chain, chosen);
        return chosen;
    }

    public void Dispose() => chain?.Dispose();

    private int Greedy(Span<float> logits, bool allowEnd)
    {
        if (!allowEnd)
        {
            foreach (var token in runner.Tokenizer.EndOfGenerationTokens) logits[token] = float.NegativeInfinity;
        }

        return TensorPrimitives.IndexOfMax<float>(logits);
    }
}
