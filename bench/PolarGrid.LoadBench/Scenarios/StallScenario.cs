using System.Diagnostics;
using PolarGrid.LoadBench.Client;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>Streams run; then a long prompt arrives. The longest gap between two tokens of a running stream while it is taken in.</summary>
internal sealed class StallScenario(string name, string theirArguments) : IScenario
{
    private const int Streams = 4;
    private const int StreamPromptTokens = 64;
    private const int StreamOutputTokens = 1_500;
    private const int LongPromptTokens = 2_000;
    private const int LongOutputTokens = 8;

    /// <summary>Every stream has so many tokens out before the long prompt is sent.</summary>
    private const int SettledPieces = 16;

    /// <summary>Streams go on for so long after the long prompt's end, for a gap that begins in it to end.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    public string Name => name;

    public Bar? Bar { get; } = new(BarKind.RatioAtLeast, 2);

    public ServerNeeds Needs(LoadSettings settings)
    {
        var prompt = settings.PromptTokens ?? LongPromptTokens;
        var output = Math.Max(prompt / 4, StreamOutputTokens);
        return ServerNeeds.For((settings.Callers ?? Streams) + 1, Math.Max(prompt, StreamPromptTokens), output, theirArguments);
    }

    public async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        using var enough = new CancellationTokenSource();
        var running = new List<RequestOutcome>();
        var streams = Enumerable.Range(0, settings.Callers ?? Streams)
            .Select(_ => new ChatRequest(null, context.Prompts.Text(StreamPromptTokens), settings.OutputTokens ?? StreamOutputTokens))
            .Select(request => context.Client.SendAsync(request, cancellationToken, running.Add, enough.Token))
            .ToList();
        while (running.Any(stream => stream.PieceCount < SettledPieces) && streams.All(stream => !stream.IsCompleted))
            await Task.Delay(LookInterval, cancellationToken);

        var arrival = Stopwatch.GetTimestamp();
        var longRequest = new ChatRequest(null, context.Prompts.Text(settings.PromptTokens ?? LongPromptTokens), LongOutputTokens);
        var longOutcome = await context.Client.SendAsync(longRequest, cancellationToken);
        var endedEarly = streams.Count(stream => stream.IsCompleted);
        await Task.Delay(Aftermath, cancellationToken);
        await enough.CancelAsync();
        var outcomes = await Task.WhenAll(streams);

        var during = outcomes.Select(stream => GapsBetween(stream, arrival, longOutcome.Ended)).ToList();
        var before = outcomes.SelectMany(stream => GapsBetween(stream, 0, arrival));
        var longest = during.SelectMany(gaps => gaps).DefaultIfEmpty(0).Max();
        var measured = Measurement.From(Name, streams.Count, [.. outcomes, longOutcome], settings, (_, _) =>
            new Headline("longest gap", "ms", longest, HigherIsBetter: false));
        measured.Details["gapBeforeMedianMilliseconds"] = Distribution.Median(before);
        measured.Details["gapDuringMedianMilliseconds"] = Distribution.Median(during.SelectMany(gaps => gaps));
        measured.Details["longPromptFirstTokenMilliseconds"] = longOutcome.FirstTokenMilliseconds ?? 0;
        measured.Details["longPromptTokens"] = longOutcome.PromptTokens;
        measured.Details["streamsEndedEarly"] = endedEarly;
        return measured;
    }

    /// <summary>Gaps that end after <paramref name="from"/> and begin before <paramref name="to"/>.</summary>
    private static IEnumerable<double> GapsBetween(RequestOutcome stream, long from, long to) => stream.Pieces
        .Zip(stream.Pieces.Skip(1))
        .Where(pair => pair.Second.Time > from && pair.First.Time < to)
        .Select(pair => RequestOutcome.Milliseconds(pair.First.Time, pair.Second.Time));
}
