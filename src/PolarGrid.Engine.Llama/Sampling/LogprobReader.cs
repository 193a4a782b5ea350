namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>Log-softmax of a row of logits at one token, and the likeliest tokens.</summary>
internal static unsafe class LogprobReader
{
    /// <param name="logits">As the model gave them.</param>
    /// <param name="token">Whose log-probability is returned.</param>
    /// <param name="top">Filled, likeliest first; no longer than the row.</param>
    /// <param name="scratch">Its weights and candidates are used.</param>
    public static float Read(ReadOnlySpan<float> logits, int token, Span<RankedToken> top, SamplingScratch scratch)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top.Length, logits.Length);
        var largest = logits[ArgMax.Of(logits)];
        var sum = Weights.Compute(logits, largest, 1, scratch.Weights.AsSpan(0, logits.Length));
        var normaliser = largest + Math.Log(sum);
        if (top.Length > 0) Rank(logits, normaliser, top, scratch);
        return Difference(logits[token], normaliser);
    }

    /// <summary>Keeps the best candidates sorted while looking at all of them: there are few places and few changes.</summary>
    private static void Rank(ReadOnlySpan<float> logits, double normaliser, Span<RankedToken> top, SamplingScratch scratch)
    {
        var candidates = TopCandidates.Gather(logits, top.Length, scratch);
        var filled = 0;
        for (var at = 0; at < candidates; at++)
        {
            var (id, logit) = (scratch.Candidates[at].Id, scratch.Candidates[at].Logit);
            if (filled == top.Length && !(logit > top[^1].Logprob)) continue;
            var place = filled < top.Length ? filled++ : top.Length - 1;
            while (place > 0 && logit > top[place - 1].Logprob)
            {
                top[place] = top[place - 1];
                place--;
            }

            top[place] = new RankedToken(id, logit);
        }

        // A row with numbers that are none offers fewer candidates.
        for (; filled < top.Length; filled++) top[filled] = new RankedToken(filled, float.NegativeInfinity);
        foreach (ref var ranked in top) ranked = ranked with { Logprob = Difference(ranked.Logprob, normaliser) };
    }

    private static float Difference(float logit, double normaliser)
    {
        var logprob = (float)(logit - normaliser);
        return float.IsNaN(logprob) ? float.NegativeInfinity : logprob;
    }
}
