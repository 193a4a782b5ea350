namespace PolarGrid.Edge.Accounting;

/// <summary>What a key used of one model on one day, in one kind of request.</summary>
/// <param name="KeyId">Whose it is.</param>
/// <param name="Day">In UTC.</param>
/// <param name="Model">Empty where requests did not get as far as a model.</param>
/// <param name="Kind">See <see cref="UsageKinds"/>.</param>
/// <param name="Counts">How much.</param>
public sealed record UsageSum(string KeyId, DateOnly Day, string Model, string Kind, UsageCounts Counts);

/// <summary>Amounts that can be added.</summary>
/// <param name="Requests">Failed and cancelled ones included.</param>
/// <param name="Failed">Requests that ended with an error.</param>
/// <param name="Cancelled">Requests whose caller left first.</param>
/// <param name="PromptTokens">Cached ones included.</param>
/// <param name="CachedTokens">Prompt tokens that were not computed again.</param>
/// <param name="CompletionTokens">Thinking included.</param>
/// <param name="ReasoningTokens">Thinking.</param>
/// <param name="Characters">Of texts to be spoken.</param>
/// <param name="SpokenMs">Audio made, in milliseconds.</param>
/// <param name="HeardMs">Audio listened to, in milliseconds.</param>
public readonly record struct UsageCounts(
    long Requests,
    long Failed,
    long Cancelled,
    long PromptTokens,
    long CachedTokens,
    long CompletionTokens,
    long ReasoningTokens,
    long Characters,
    long SpokenMs,
    long HeardMs)
{
    public static UsageCounts operator +(UsageCounts one, UsageCounts other) => new(
        one.Requests + other.Requests,
        one.Failed + other.Failed,
        one.Cancelled + other.Cancelled,
        one.PromptTokens + other.PromptTokens,
        one.CachedTokens + other.CachedTokens,
        one.CompletionTokens + other.CompletionTokens,
        one.ReasoningTokens + other.ReasoningTokens,
        one.Characters + other.Characters,
        one.SpokenMs + other.SpokenMs,
        one.HeardMs + other.HeardMs);
}
