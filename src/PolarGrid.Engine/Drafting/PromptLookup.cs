namespace PolarGrid.Engine.Drafting;

/// <summary>
/// Foretells a sequence's next tokens from its own prompt and answer: where its last tokens stood before, what followed there. One per
/// sequence; loop thread only.
/// </summary>
internal sealed class PromptLookup(int promptTokens, int maxTokens)
{
    // A token takes some nanoseconds; a very long prompt is taken in over several steps.
    private const int MostPerCall = 16_384;
    private const int MostExpectedAnswer = 4096;

    private readonly NgramIndex index = new((int)Math.Min(int.MaxValue, (long)promptTokens + Math.Min(maxTokens, MostExpectedAnswer)));
    private readonly AcceptanceEstimate estimate = new();
    private int taken;
    private int next; // Where the match goes on; 0 without a match.
    private int length;

    /// <summary>Takes in what has been added to the sequence since the last call.</summary>
    /// <param name="tokens">All of the sequence's tokens: those of the last call and more.</param>
    public void Follow(ReadOnlySpan<int> tokens)
    {
        var end = Math.Min(tokens.Length, taken + MostPerCall);
        for (; taken < end; taken++)
        {
            var known = tokens[..(taken + 1)];
            if (taken >= promptTokens) Judge(known[^1], known);
            if (taken >= promptTokens - 1 && next == 0) (next, length) = index.Find(known);
            index.Add(known);
        }
    }

    /// <summary>Foretells the tokens behind the last one that was taken in.</summary>
    /// <param name="tokens">As in the last <see cref="Follow"/>.</param>
    /// <param name="draft">Filled from the beginning.</param>
    /// <returns>How many: all that there is room for, or none.</returns>
    public int Propose(ReadOnlySpan<int> tokens, Span<int> draft)
    {
        if (next == 0 || taken < tokens.Length) return 0;

        // A match that reaches the end goes on with its own guesses: the text turns in a circle.
        for (var at = 0; at < draft.Length; at++) draft[at] = next + at < tokens.Length ? tokens[next + at] : draft[next + at - tokens.Length];
        return draft.Length;
    }

    /// <summary>The chance that a foretold token comes, if those before it do.</summary>
    /// <param name="at">Which one, from 0.</param>
    public double Chance(int at) => estimate.Chance(length + at);

    private void Judge(int token, ReadOnlySpan<int> known)
    {
        if (next == 0) return;
        var came = known[next] == token;
        estimate.Report(length, came);
        if (came)
        {
            next++;
            length = Math.Min(length + 1, NgramIndex.LongestMatch);
        }
        else
        {
            next = 0;
        }
    }
}
