using PolarGrid.LoadBench.Client;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>Single short prompts to an idle server: how long until the first token.</summary>
internal sealed class TtftScenario : IScenario
{
    private const int PromptTokens = 32;
    private const int OutputTokens = 4;
    private const int Requests = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Name => "ttft";

    public Bar? Bar => null;

    public ServerNeeds Needs(LoadSettings settings) =>
        ServerNeeds.For(slots: 1, settings.PromptTokens ?? PromptTokens, settings.OutputTokens ?? OutputTokens);

    public async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var outcomes = new List<RequestOutcome>();
        for (var i = 0; i < (settings.RequestsPerCaller ?? Requests); i++)
        {
            var text = context.Prompts.Text(settings.PromptTokens ?? PromptTokens);
            var request = new ChatRequest(null, text, settings.OutputTokens ?? OutputTokens);
            outcomes.Add(await context.Client.SendAsync(request, cancellationToken));
            await Task.Delay(Pause, cancellationToken);
        }

        var median = Distribution.Median(outcomes.Select(outcome => outcome.FirstTokenMilliseconds).OfType<double>());
        return Measurement.From(Name, callers: 1, outcomes, settings, (_, _) =>
            new Headline("median first token", "ms", median, HigherIsBetter: false));
    }
}
