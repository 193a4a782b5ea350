using System.Diagnostics.Metrics;
using PolarGrid.Edge.Models;

namespace PolarGrid.Edge.Observability;

/// <summary>What is measured at the edge. Names and units follow OpenTelemetry; labels hold no caller-made text.</summary>
internal sealed class EdgeMetrics
{
    public const string MeterName = "PolarGrid.Edge";
    public const string RouteTag = "route", ModelTag = "model", StatusTag = "status", CodeTag = "code";

    private static readonly InstrumentAdvice<double> FirstTokenBuckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private static readonly InstrumentAdvice<double> InterTokenBuckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5],
    };

    private static readonly InstrumentAdvice<double> DurationBuckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    };

    public EdgeMetrics(IMeterFactory factory, IModelDirectory models)
    {
        var meter = factory.Create(MeterName);
        Requests = meter.CreateCounter<long>("polargrid.edge.requests", "{request}", "Requests answered, by route, model and status.");
        Errors = meter.CreateCounter<long>("polargrid.edge.errors", "{error}", "Errors sent, by code.");
        Disconnects = meter.CreateCounter<long>("polargrid.edge.disconnects", "{request}", "Callers who left before the end, by model.");
        Duration = meter.CreateHistogram(
            "polargrid.edge.request.duration", "s", "Time from first byte in to last byte out.", null, DurationBuckets);
        TimeToFirstToken = meter.CreateHistogram(
            "polargrid.edge.time_to_first_token", "s", "Time from first byte in to the first generated text.", null, FirstTokenBuckets);
        InterToken = meter.CreateHistogram(
            "polargrid.edge.inter_token", "s", "Time between arrivals of generated text at one request.", null, InterTokenBuckets);
        PromptTokens = meter.CreateCounter<long>("polargrid.edge.prompt_tokens", "{token}", "Prompt tokens, cached ones included.");
        CachedTokens = meter.CreateCounter<long>("polargrid.edge.cached_tokens", "{token}", "Prompt tokens that were not computed again.");
        CompletionTokens = meter.CreateCounter<long>("polargrid.edge.completion_tokens", "{token}", "Generated tokens.");
        UnknownParameters = meter.CreateCounter<long>(
            "polargrid.edge.unknown_parameters", "{field}", "Fields that were ignored because nobody knows them.");
        RateLimited = meter.CreateCounter<long>(
            "polargrid.edge.rate_limited", "{request}", "Requests refused because their key had sent its requests of the minute.");
        ActiveStreams = meter.CreateUpDownCounter<long>("polargrid.edge.active_streams", "{stream}", "Streamed answers under way.");

        Observe(meter, models, "polargrid.model.running", "{sequence}", "Sequences in prefill or decode.", model => model.Engine?.Status.Running);
        Observe(meter, models, "polargrid.model.waiting", "{sequence}", "Sequences in the queue.", model => model.Engine?.Status.Waiting);
        Observe(meter, models, "polargrid.model.warm", "{sequence}", "Finished sequences kept for reuse.", model => model.Engine?.Status.Warm);
        Observe(meter, models, "polargrid.model.kv_used", "{cell}", "Occupied KV cells.", model => model.Engine?.Status.KvUsed);
        Observe(meter, models, "polargrid.model.kv_capacity", "{cell}", "All KV cells.", model => model.Engine?.Status.KvCapacity);
        Observe(meter, models, "polargrid.model.healthy", "{model}", "1 while the model works.", model => model.IsHealthy ? 1 : 0);
    }

    public Counter<long> Requests { get; }

    public Counter<long> Errors { get; }

    public Counter<long> Disconnects { get; }

    public Histogram<double> Duration { get; }

    public Histogram<double> TimeToFirstToken { get; }

    public Histogram<double> InterToken { get; }

    public Counter<long> PromptTokens { get; }

    public Counter<long> CachedTokens { get; }

    public Counter<long> CompletionTokens { get; }

    public Counter<long> UnknownParameters { get; }

    public Counter<long> RateLimited { get; }

    public UpDownCounter<long> ActiveStreams { get; }

    private static void Observe(
        Meter meter, IModelDirectory models, string name, string unit, string description, Func<LoadedModel, long?> value) =>
        meter.CreateObservableGauge(
            name,
            () => from model in models.Models
                  let measured = value(model)
                  where measured is not null
                  select new Measurement<long>(measured.Value, new KeyValuePair<string, object?>(ModelTag, model.Id)),
            unit,
            description);
}
