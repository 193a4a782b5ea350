using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Logprobs;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Engine.Tests.Running;

/// <summary>A loop over a <see cref="RecallingRunner"/>, and what callers of it see.</summary>
internal sealed class LoopHarness : IDisposable
{
    public const int Vocabulary = 1000;

    private readonly string name = Guid.NewGuid().ToString();
    private readonly MeterListener listener = new();
    private readonly EngineMetrics metrics;
    private long drafted;
    private long accepted;

    public LoopHarness(
        RunnerCapacity? capacity = null, SchedulerOptions? options = null, int contextTokens = 4096, int vocabulary = Vocabulary, int echo = 0)
    {
        metrics = new EngineMetrics(name);
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == EngineMetrics.MeterName && instrument.Name.EndsWith("ed.tokens", StringComparison.Ordinal)) own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(Count);
        listener.Start();
        Runner = new RecallingRunner(capacity ?? new RunnerCapacity(16, 4096, 64, 16, true), vocabulary) { EchoDistance = echo };
        Loop = new EngineLoop(
            Runner, new LetterTokenizer(vocabulary), contextTokens, options ?? new SchedulerOptions { MaxRunning = 8, LeastWarmTokens = 1 },
            metrics, TimeProvider.System, NullLogger.Instance, name);
    }

    public RecallingRunner Runner { get; }

    public EngineLoop Loop { get; }

    /// <summary>Foretold tokens that were computed.</summary>
    public long Drafted => Interlocked.Read(ref drafted);

    /// <summary>Foretold tokens that came.</summary>
    public long Accepted => Interlocked.Read(ref accepted);

    public static SequenceGroup Group(
        int[] prompt, int maxTokens, string tenant = "t", int choices = 1, string[]? stop = null, SamplingSettings? sampling = null,
        int? top = null, bool echo = false, int[]? stopTokens = null)
    {
        var request = new GenerationRequest
        {
            Id = "r",
            Tenant = tenant,
            Prompt = new TokenPrompt(prompt),
            Choices = choices,
            Stop = stop ?? [],
            Sampling = sampling ?? new SamplingSettings { IgnoreEndOfText = true },
            TopLogprobs = top,
            EchoPrompt = echo,
            StopTokens = stopTokens ?? [],
        };
        var group = new SequenceGroup(request, new GenerationStream(), [.. request.Stop.Select(Encoding.UTF8.GetBytes)])
        {
            PromptLogprobs = echo && top is { } count ? new PromptLogprobs(prompt.Length, count) : null,
        };
        for (var choice = 0; choice < choices; choice++) group.Choices.Add(new Sequence(group, choice, prompt, maxTokens));
        return group;
    }

    /// <summary>What the answer must be, computed without any cache.</summary>
    public static string Expected(int[] prompt, int maxTokens, ulong seed = 0, bool mayEnd = false, int echo = 0)
    {
        List<int> tokens = [.. prompt];
        var text = new StringBuilder();
        for (var at = 0; at < maxTokens; at++)
        {
            var hash = tokens.Aggregate(14695981039346656037UL, (so, each) => (so ^ (uint)each) * 1099511628211UL) + (seed * 31);
            var echoes = echo > 0 && tokens.Count >= echo && RecallingRunner.Echoes(hash);
            var token = echoes ? tokens[^echo] : (int)(hash % Vocabulary);
            if (token == 0 && mayEnd) break;
            if (token == 0) token = 1;
            tokens.Add(token);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{token} ");
        }

        return text.ToString();
    }

    public SequenceGroup Submit(SequenceGroup group)
    {
        Assert.Null(Loop.TrySubmit(group));
        return group;
    }

    public void Dispose()
    {
        Loop.Dispose();
        listener.Dispose();
        metrics.Dispose();
    }

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (tags[0].Value as string != name) return;
        if (instrument.Name.EndsWith("drafted.tokens", StringComparison.Ordinal)) Interlocked.Add(ref drafted, value);
        else if (instrument.Name.EndsWith("accepted.tokens", StringComparison.Ordinal)) Interlocked.Add(ref accepted, value);
    }
}

/// <summary>Everything one request's stream said.</summary>
internal sealed record Answer(string[] Texts, FinishReason[] Finishes, EngineError? Error, GenerationUsage Usage)
{
    public string Text => Texts[0];

    /// <summary>Reads to the end and checks that there is exactly one terminal event, and nothing after it.</summary>
    public static async Task<Answer> ReadAsync(SequenceGroup group) => await ReadAsync(group.Stream, group.Choices.Count);

    public static async Task<Answer> ReadAsync(GenerationStream stream, int choices)
    {
        var texts = Enumerable.Range(0, choices).Select(_ => new StringBuilder()).ToArray();
        var finishes = new FinishReason[choices];
        var terminals = 0;
        while (await stream.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)))
        {
            while (stream.TryRead(out var item))
            {
                Assert.Equal(0, terminals);
                switch (item.Kind)
                {
                    case TokenEventKind.Delta:
                        texts[item.Choice].Append(Encoding.UTF8.GetString(stream.TextOf(item)));
                        break;
                    case TokenEventKind.ChoiceFinished:
                        Assert.Equal(FinishReason.None, finishes[item.Choice]);
                        finishes[item.Choice] = item.Finish;
                        break;
                    case TokenEventKind.Completed or TokenEventKind.Failed:
                        terminals++;
                        break;
                }
            }
        }

        Assert.Equal(1, terminals);
        return new Answer([.. texts.Select(text => text.ToString())], finishes, stream.Error, stream.Usage);
    }
}
