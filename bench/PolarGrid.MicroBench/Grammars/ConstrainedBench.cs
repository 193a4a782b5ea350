using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Schemas;

namespace PolarGrid.MicroBench.Grammars;

/// <summary>
/// Tokens per second of constrained against free answers, in turn in every round. With random weights nearly every token that is drawn
/// freely is refused outside of texts, which is the worst case: a trained model mostly draws one that fits.
/// </summary>
internal static class ConstrainedBench
{
    private const int Tokens = 64;

    private const string Schema = """
        {"type":"array","minItems":1000,"items":{"type":"object","properties":{"name":{"type":"string","maxLength":40},"kind":{"enum":
        ["small","large"]},"count":{"type":"integer"},"price":{"type":"number","minimum":0},"note":{"type":"string"}},
        "required":["name","kind","count","price","note"],"additionalProperties":false}}
        """;

    public static async Task<int> RunAsync(string modelPath, int rounds)
    {
        using var model = LlamaModelLoader.Load(
            LlamaBackend.Start(null, NullLogger.Instance), modelPath, new LlamaModelOptions(), null, CancellationToken.None);
        var runner = model.CreateRunner(new LlamaRunnerOptions { KvTokens = 8192, Sequences = 32 }, TimeProvider.System);
        await using var engine = new LocalTextEngine(
            model.Describe("bench", runner, contextTokens: 1024, maxChoices: 8), runner, model.Tokenizer, null, new SchedulerOptions(), TimeProvider.System, NullLogger<LocalTextEngine>.Instance);
        using var schema = JsonDocument.Parse(Schema);
        using var open = JsonDocument.Parse("""{"type":"array","minItems":1000}""");
        (string Name, OutputGrammar? Grammar)[] kinds =
        [
            ("free", null),
            ("schema", new OutputGrammar { Gbnf = SchemaCompiler.Compile(schema.RootElement).Gbnf! }),
            ("any JSON", new OutputGrammar { Gbnf = SchemaCompiler.Compile(open.RootElement).Gbnf! }),
        ];

        foreach (var callers in (int[])[1, 8])
        {
            var speeds = kinds.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round <= rounds; round++)
            {
                for (var kind = 0; kind < kinds.Length; kind++)
                {
                    var speed = await RunOnceAsync(engine, kinds[kind].Grammar, callers, round);
                    if (round > 0) speeds[kind].Add(speed);
                }
            }

            for (var kind = 0; kind < kinds.Length; kind++)
            {
                var ratios = speeds[kind].Zip(speeds[0], (own, free) => own / free).Order().ToArray();
                var median = speeds[kind].Order().ElementAt(speeds[kind].Count / 2);
                Console.WriteLine($"{callers} callers, {kinds[kind].Name,-12} {median,7:F1} tokens/s, {ratios[ratios.Length / 2]:F3} of free (rounds {ratios[0]:F3} to {ratios[^1]:F3})");
            }
        }

        return 0;
    }

    private static async Task<double> RunOnceAsync(LocalTextEngine engine, OutputGrammar? grammar, int callers, int round)
    {
        var watch = Stopwatch.StartNew();
        var tokens = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => AnswerAsync(engine, grammar, caller, round)));
        return tokens.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<int> AnswerAsync(LocalTextEngine engine, OutputGrammar? grammar, int caller, int round)
    {
        var stream = engine.Submit(
            new GenerationRequest
            {
                Id = "bench",
                Tenant = $"{caller}",
                Prompt = new TextPrompt($"Caller {caller} asks for the list {round}."),
                Sampling = new SamplingSettings { Temperature = 0.7f, TopP = 0.9f, Seed = (round * 100) + caller, MinTokens = Tokens },
                MaxTokens = Tokens,
                Grammar = grammar,
            },
            CancellationToken.None);
        while (await stream.WaitAsync())
        {
            while (stream.TryRead(out _))
            {
            }
        }

        return stream.Error is { } error ? throw new InvalidOperationException(error.Message) : stream.Usage.CompletionTokens;
    }
}
