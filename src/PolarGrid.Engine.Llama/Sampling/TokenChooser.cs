using System.Numerics;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>
/// Chooses a token from a row of logits: top_k, top_p, min_p, temperature, draw, in the library's order. What can be decided by
/// looking at the whole vocabulary is decided here with vector instructions; the library's chain sees only what is left.
/// </summary>
/// <remarks>
/// top_p and min_p keep the heaviest tokens down to some weight, so both together are one cutoff, and the draw is from what is above
/// it. With top_k the sum that top_p refers to is that of the k tokens, so the chain does all of it on a small set that holds them.
/// A row without a usable number gives its largest.
/// </remarks>
internal sealed unsafe class TokenChooser : IDisposable
{
    // Below this the likeliest token wins by far, and dividing by it could overflow.
    private const float LeastTemperature = 1e-4f;

    private readonly SamplingSettings settings;
    private readonly SamplingScratch scratch;
    private readonly bool truncates;
    private readonly DrawChain? chain;

    public TokenChooser(SamplingSettings settings, int vocabularySize, SamplingScratch scratch)
    {
        this.settings = settings;
        this.scratch = scratch;
        if (settings.Temperature < LeastTemperature || settings.TopP <= 0 || settings.TopK == 1) return;

        truncates = settings.TopK > 0 && settings.TopK < vocabularySize;
        var seed = Seeds.Fold(settings.Seed);
        chain = truncates ? DrawChain.Truncating(settings, seed) : DrawChain.Plain(seed);
    }

    public int Choose(ReadOnlySpan<float> logits)
    {
        if (chain is null) return ArgMax.Of(logits);
        if (!truncates) return ChooseFromAll(logits, chain);
        var count = TopCandidates.Gather(logits, settings.TopK, scratch);
        return count > 0 ? chain.Choose(scratch.Candidates, count) : ArgMax.Of(logits);
    }

    public void Dispose() => chain?.Dispose();

    private int ChooseFromAll(ReadOnlySpan<float> logits, DrawChain draw)
    {
        var likeliest = ArgMax.Of(logits);
        var largest = logits[likeliest];
        var weights = scratch.Weights.AsSpan(0, logits.Length);
        if (settings is { TopP: >= 1, MinP: <= 0 })
        {
            var all = Weights.Compute(logits, largest, 1 / settings.Temperature, weights);
            return IsUsable(all) ? GroupedDraw.Choose(weights, draw, scratch) : likeliest;
        }

        var sum = Weights.Compute(logits, largest, 1, weights);
        if (!IsUsable(sum)) return likeliest;
        var cutoff = settings.MinP;
        if (settings.TopP < 1) cutoff = Math.Max(cutoff, NucleusCutoff.Find(weights, sum, settings.TopP, scratch));

        // The cutoff is about weights before temperature; the draw about weights after it.
        var heated = weights;
        if (settings.Temperature != 1)
        {
            heated = scratch.Survivors.AsSpan(0, logits.Length);
            Weights.Compute(logits, largest, 1 / settings.Temperature, heated);
        }

        DropLighter(weights, cutoff, heated);
        return GroupedDraw.Choose(heated, draw, scratch);
    }

    // The likeliest token alone weighs 1.
    private static bool IsUsable(double sum) => double.IsFinite(sum) && sum >= 1;

    private static void DropLighter(ReadOnlySpan<float> weights, float cutoff, Span<float> target)
    {
        var bound = new Vector<float>(cutoff);
        var from = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var v = 0; v < from.Length; v++)
        {
            to[v] = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(from[v], bound), to[v], Vector<float>.Zero);
        }

        for (var i = from.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            if (weights[i] < cutoff) target[i] = 0;
        }
    }
}
