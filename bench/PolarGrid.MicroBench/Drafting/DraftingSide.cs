using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Templates;

namespace PolarGrid.MicroBench.Drafting;

/// <summary>One engine, and what its counters say.</summary>
internal sealed class DraftingSide : IAsyncDisposable
{
    private const int Callers = 8;
    private const int Context = 512;

    private readonly LocalTextEngine engine;
    private readonly LlamaRunner runner;
    private readonly MeterListener listener = new();
    private long drafted;
    private long accepted;

    public DraftingSide(LlamaModel model, int draftTokens)
    {
        var layout = Environment.GetEnvironmentVariable("BENCH_KV") == "shared" ? KvLayout.Shared : KvLayout.Separate;
        runner = model.CreateRunner(
            new LlamaRunnerOptions
            {
                KvTokens = Callers * Context, Sequences = Callers, KvLayout = layout, MeasuresPasses = draftTokens > 0,
            },
            TimeProvider.System);
        var name = $"draft {draftTokens}";
        engine = new LocalTextEngine(
            model.Describe(name, runner, Context, maxChoices: 1), runner, model.Tokenizer,
            model.Info.ChatTemplate is { } source ? ChatTemplate.Parse(source).Value : null,
            new SchedulerOptions { MaxRunning = Callers, DraftTokens = draftTokens }, TimeProvider.System, NullLogger<LocalTextEngine>.Instance);
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == EngineMetrics.MeterName) own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags[0].Value as string != name) return;
            if (instrument.Name.EndsWith("drafted.tokens", StringComparison.Ordinal)) Interlocked.Add(ref drafted, value);
            if (instrument.Name.EndsWith("accepted.tokens", StringComparison.Ordinal)) Interlocked.Add(ref accepted, value);
        });
        listener.Start();
    }

    public long Drafted => Interlocked.Read(ref drafted);

    public long Accepted => Interlocked.Read(ref accepted);

    public long Generated { get; private set; }

    /// <summary>How many of so many sequences are computed in a pass at present; read while the engine is idle.</summary>
    public int Width(int sequences) => runner.DecodeWidth(sequences);

    public void Forget() => Generated = drafted = accepted = 0;

    /// <summary>Tokens per second of all requests at once, prompts included.</summary>
    public async Task<double> SpeedAsync(GenerationRequest[] requests)
    {
        var watch = Stopwatch.StartNew();
        var tokens = await Task.WhenAll(requests.Select(AnswerAsync));
        Generated += tokens.Sum();
        return tokens.Sum() / watch.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await engine.DisposeAsync();
    }

    private async Task<int> AnswerAsync(GenerationRequest request)
    {
        var stream = engine.Submit(request, CancellationToken.None);
        while (await stream.WaitAsync())
        {
            while (stream.TryRead(out _))
            {
            }
        }

        return stream.Error is { } error ? throw new InvalidOperationException(error.Message) : stream.Usage.CompletionTokens;
    }
}
