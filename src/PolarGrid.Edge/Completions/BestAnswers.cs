using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Completions;

/// <summary>Which of the generated answers are returned: all of them, or for <c>best_of</c> the likeliest <c>n</c> of each prompt.</summary>
internal static class BestAnswers
{
    /// <summary>Choices of the whole answer: prompt by prompt, with <c>best_of</c> the best one first.</summary>
    public static IEnumerable<int> Of(CompletionDraft draft, GenerationRun run, WholeAnswer whole)
    {
        if (!draft.ChoosesBest) return Enumerable.Range(0, whole.Choices);
        return Enumerable.Range(0, run.Streams.Count).SelectMany(prompt =>
        {
            var echoed = draft.Echo ? run.Streams[prompt].Usage.PromptTokens : 0;
            return Enumerable.Range(prompt * run.ChoicesEach, run.ChoicesEach)
                .OrderByDescending(choice => Mean(whole.Logprobs(choice).Records, echoed))
                .Take(draft.Choices);
        });
    }

    /// <summary>The mean log-probability of an answer's tokens; an answer without any comes last.</summary>
    private static double Mean(ReadOnlySpan<TokenLogprob> records, int echoed)
    {
        var (sum, tokens) = (0.0, 0);
        for (var at = 0; at < records.Length; at += 1 + records[at].Alternatives)
        {
            if (echoed-- > 0) continue;
            sum += records[at].Logprob;
            tokens++;
        }

        return tokens == 0 ? double.NegativeInfinity : sum / tokens;
    }
}
