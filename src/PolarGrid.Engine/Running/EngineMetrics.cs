using System.Diagnostics.Metrics;

namespace PolarGrid.Engine.Running;

/// <summary>What the loop measures, under the meter <c>PolarGrid.Engine</c>, one tag: the model.</summary>
public sealed class EngineMetrics : IDisposable
{
    public const string MeterName = "PolarGrid.Engine";

    private readonly Meter meter = new(MeterName);
    private readonly KeyValuePair<string, object?> model;
    private readonly Histogram<double> stepSeconds;
    private readonly Histogram<int> stepTokens;
    private readonly Histogram<double> startSeconds;
    private readonly Counter<long> promptTokens;
    private readonly Counter<long> cachedTokens;
    private readonly Counter<long> completionTokens;
    private readonly Counter<long> draftedTokens;
    private readonly Counter<long> acceptedTokens;

    public EngineMetrics(string modelId)
    {
        model = new KeyValuePair<string, object?>("model", modelId);
        stepSeconds = meter.CreateHistogram(
            "polargrid.engine.step.duration", "s", "Time of one forward pass.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });
        stepTokens = meter.CreateHistogram(
            "polargrid.engine.step.tokens", "{token}", "Tokens of one forward pass: the batch occupancy.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });
        startSeconds = meter.CreateHistogram(
            "polargrid.engine.first_token.duration", "s", "From submission to the first token, queueing included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        promptTokens = meter.CreateCounter<long>("polargrid.engine.prompt.tokens", "{token}", "Prompt tokens, cached ones included.");
        cachedTokens = meter.CreateCounter<long>("polargrid.engine.cached.tokens", "{token}", "Prompt tokens taken from cached prefixes.");
        completionTokens = meter.CreateCounter<long>("polargrid.engine.completion.tokens", "{token}", "Generated tokens.");
        draftedTokens = meter.CreateCounter<long>("polargrid.engine.drafted.tokens", "{token}", "Foretold tokens that were computed.");
        acceptedTokens = meter.CreateCounter<long>("polargrid.engine.accepted.tokens", "{token}", "Foretold tokens that came.");
    }

    public void Dispose() => meter.Dispose();

    internal void RecordStep(TimeSpan duration, int allTokens)
    {
        stepSeconds.Record(duration.TotalSeconds, model);
        stepTokens.Record(allTokens, model);
    }

    internal void RecordStart(TimeSpan sinceSubmission, int prompt, int cached)
    {
        startSeconds.Record(sinceSubmission.TotalSeconds, model);
        promptTokens.Add(prompt, model);
        cachedTokens.Add(cached, model);
    }

    internal void RecordDraft(int drafted, int accepted)
    {
        draftedTokens.Add(drafted, model);
        acceptedTokens.Add(accepted, model);
    }

    internal void RecordEnd(int completion) => completionTokens.Add(completion, model);
}
