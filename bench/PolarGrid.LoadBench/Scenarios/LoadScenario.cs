using System.Diagnostics;
using PolarGrid.LoadBench.Client;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>
/// Callers that each send one request after another. Judged by tokens per second, or by the time until all have their answer.
/// </summary>
internal sealed class LoadScenario(string name, LoadShape shape, bool judgedByTime, Bar? bar) : IScenario
{
    public string Name => name;

    public Bar? Bar => bar;

    public ServerNeeds Needs(LoadSettings settings)
    {
        var load = shape.With(settings);
        return ServerNeeds.For(load.Callers * load.Choices, load.SharedTokens + load.PromptTokens, load.OutputTokens);
    }

    public async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken cancellationToken)
    {
        var load = shape.With(context.Settings);
        var shared = load.SharedTokens > 0 ? context.Prompts.Text(load.SharedTokens) : null;
        var callers = Enumerable.Range(0, load.Callers).Select(_ => CallAsync(load, shared, context, cancellationToken));
        var outcomes = await Task.WhenAll(callers);
        return Measurement.From(name, load.Callers, [.. outcomes.SelectMany(caller => caller)], context.Settings, HeadlineOf);
    }

    private Headline HeadlineOf(double seconds, double tokensPerSecond) => judgedByTime
        ? new Headline("total time", "s", seconds, HigherIsBetter: false)
        : new Headline("tokens per second", "tok/s", tokensPerSecond, HigherIsBetter: true);

    private static async Task<List<RequestOutcome>> CallAsync(
        LoadShape load, string? shared, ScenarioContext context, CancellationToken cancellationToken)
    {
        var outcomes = new List<RequestOutcome>();
        var clock = Stopwatch.StartNew();
        do
        {
            var user = load.PromptTokens > 0 ? context.Prompts.Text(load.PromptTokens) : "What follows from this?";
            var request = new ChatRequest(shared, user, load.OutputTokens, load.Choices) { Varied = load.Varied };
            outcomes.Add(await context.Client.SendAsync(request, cancellationToken));
        }
        while (context.Settings.DurationSeconds is { } seconds
            ? clock.Elapsed.TotalSeconds < seconds
            : outcomes.Count < load.RequestsPerCaller);
        return outcomes;
    }
}
