using PolarGrid.LoadBench.Client;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>One long prompt that the server has never seen, then the same again: what part of the cold first-token time is left.</summary>
internal sealed class RepeatScenario : IScenario
{
    private const int PromptTokens = 1_500;
    private const int OutputTokens = 8;
    private const int Repeats = 3;

    public string Name => "repeat";

    public Bar? Bar { get; } = new(BarKind.OursAtMost, 0.15);

    public ServerNeeds Needs(LoadSettings settings) =>
        ServerNeeds.For(slots: 1, settings.PromptTokens ?? PromptTokens, settings.OutputTokens ?? OutputTokens);

    public async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var text = context.Prompts.Text(settings.PromptTokens ?? PromptTokens);
        var request = new ChatRequest(null, text, settings.OutputTokens ?? OutputTokens);
        var outcomes = new List<RequestOutcome>();
        for (var i = 0; i <= (settings.RequestsPerCaller ?? Repeats); i++)
            outcomes.Add(await context.Client.SendAsync(request, cancellationToken));

        return Compare(Name, outcomes, settings);
    }

    /// <summary>The later requests' first tokens against the first one's.</summary>
    public static Measurement Compare(string name, List<RequestOutcome> outcomes, LoadSettings settings)
    {
        var cold = outcomes[0].FirstTokenMilliseconds ?? 0;
        var warm = Distribution.Median(outcomes.Skip(1).Select(outcome => outcome.FirstTokenMilliseconds).OfType<double>());
        var share = cold > 0 ? warm / cold : 0;
        var measured = Measurement.From(name, callers: 1, outcomes, settings, (_, _) =>
            new Headline("warm over cold first token", "share", share, HigherIsBetter: false));
        measured.Details["coldFirstTokenMilliseconds"] = cold;
        measured.Details["warmFirstTokenMilliseconds"] = warm;
        return measured;
    }
}
