namespace PolarGrid.LoadBench.Scenarios;

/// <summary>Who asks for how much.</summary>
/// <param name="SharedTokens">A system message that all callers have in common; 0 for none.</param>
/// <param name="PromptTokens">Each request's own user message; 0 makes all requests identical.</param>
/// <param name="Varied">See <see cref="Client.ChatRequest.Varied"/>.</param>
internal sealed record LoadShape(
    int Callers, int SharedTokens, int PromptTokens, int OutputTokens, int Choices = 1, int RequestsPerCaller = 1, bool Varied = false)
{
    public LoadShape With(LoadSettings settings) => new(
        settings.Callers ?? Callers,
        settings.SharedTokens ?? SharedTokens,
        settings.PromptTokens ?? PromptTokens,
        settings.OutputTokens ?? OutputTokens,
        settings.Choices ?? Choices,
        settings.RequestsPerCaller ?? RequestsPerCaller,
        Varied);
}
