namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>
/// Changes the logits of single tokens before a choice and puts them back after it: bias, penalties, and bans. Only the
/// tokens concerned are touched, where the library's own penalty sampler looks up every token of the vocabulary.
/// </summary>
/// <remarks>The arithmetic and its order are the library's: bias, then repetition, then frequency and presence.</remarks>
internal sealed class LogitEdits
{
    private readonly LogitBias[] bias;
    private readonly float frequency;
    private readonly float presence;
    private readonly float repetition;
    private readonly int[] endTokens;
    private readonly List<(int Token, float Logit)> undo = [];

    /// <summary>-1: none.</summary>
    private int barred = -1;

    /// <summary>How often a token was generated; 0 for one that only the prompt holds. Null when no penalty needs it.</summary>
    private readonly Dictionary<int, int>? counts;

    public LogitEdits(SamplingSettings settings, ReadOnlySpan<int> prompt, int[] endTokens)
    {
        bias = [.. settings.LogitBias];
        frequency = settings.FrequencyPenalty;
        presence = settings.PresencePenalty;
        repetition = settings.RepetitionPenalty;
        this.endTokens = endTokens;
        if (frequency != 0 || presence != 0 || repetition != 1) counts = [];
        if (repetition == 1) return;
        foreach (var token in prompt) counts!.TryAdd(token, 0);
    }

    /// <summary>Changes the row in place until <see cref="Undo"/>: choices of one request read the same row.</summary>
    public void Apply(Span<float> logits, bool allowEnd)
    {
        foreach (var (token, value) in bias) Set(logits, token, logits[token] + value);
        if (counts is not null)
        {
            foreach (var (token, count) in counts) Set(logits, token, Penalise(logits[token], count));
        }

        if (barred >= 0) Set(logits, barred, float.NegativeInfinity);
        if (allowEnd) return;
        foreach (var token in endTokens) Set(logits, token, float.NegativeInfinity);
    }

    public void Undo(Span<float> logits)
    {
        for (var i = undo.Count - 1; i >= 0; i--) logits[undo[i].Token] = undo[i].Logit;
        undo.Clear();
    }

    public void Accept(int token)
    {
        if (counts is null) return;
        counts.TryGetValue(token, out var count);
        counts[token] = count + 1;
    }

    /// <summary>One token at most: the last one given.</summary>
    public void Bar(int token) => barred = token;

    private float Penalise(float logit, int count)
    {
        // Dividing a negative logit would make its token likelier.
        logit = logit <= 0 ? logit * repetition : logit / repetition;
        return count > 0 ? logit - ((count * frequency) + presence) : logit;
    }

    private void Set(Span<float> logits, int token, float value)
    {
        undo.Add((token, logits[token]));
        logits[token] = value;
    }
}
