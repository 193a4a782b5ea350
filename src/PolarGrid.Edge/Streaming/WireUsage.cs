using PolarGrid.Contracts.Shared;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>The engine's counts in the wire's shape.</summary>
internal static class WireUsage
{
    public static Usage Of(GenerationUsage usage, int reasoningTokens = 0) => new()
    {
        PromptTokens = usage.PromptTokens,
        CompletionTokens = usage.CompletionTokens,
        TotalTokens = usage.PromptTokens + usage.CompletionTokens,
        PromptTokensDetails = new PromptTokensDetails { CachedTokens = usage.CachedTokens },
        CompletionTokensDetails = new CompletionTokensDetails { ReasoningTokens = reasoningTokens },
    };

    public static GenerationUsage Sum(IReadOnlyList<GenerationStream> streams)
    {
        var sum = default(GenerationUsage);
        foreach (var stream in streams)
        {
            var usage = stream.Usage;
            sum = new(sum.PromptTokens + usage.PromptTokens, sum.CachedTokens + usage.CachedTokens, sum.CompletionTokens + usage.CompletionTokens);
        }

        return sum;
    }
}
