using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Schemas;
using PolarGrid.Testing.Schemas;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

/// <summary>
/// Answers of a real model through the real sampler, under grammars. POLARGRID_SCHEMAS=1000 runs that many random schemas.
/// </summary>
public sealed class ConstrainedSamplingTests(PolarTiny tiny, ITestOutputHelper output) : IClassFixture<PolarTiny>
{
    private const int Samples = 5, AtOnce = 8, MostTokens = 600;

    [PolarTinyFact]
    public async Task A_real_model_keeps_to_random_schemas()
    {
        var schemas = int.Parse(Environment.GetEnvironmentVariable("POLARGRID_SCHEMAS") ?? "24", CultureInfo.InvariantCulture);
        await using var engine = CreateEngine();
        int refused = 0, unfinished = 0, valid = 0;
        await Parallel.ForAsync(0, schemas, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            using var schema = JsonDocument.Parse(RandomSchema.Make(seed));
            if (SchemaCompiler.Compile(schema.RootElement).Gbnf is not { } gbnf)
            {
                Interlocked.Increment(ref refused);
                return;
            }

            var oracle = new SchemaOracle(schema.RootElement);
            for (var sample = 0; sample < Samples; sample++)
            {
                var (text, reason) = await AnswerAsync(engine, gbnf, new SamplingSettings { Temperature = 1.5f, Seed = sample }, MostTokens);
                if (reason == FinishReason.Length)
                {
                    Interlocked.Increment(ref unfinished);
                    continue;
                }

                using var value = JsonDocument.Parse(text);
                oracle.Fault(value.RootElement).ShouldBeNull($"seed {seed}: {text}\n{schema.RootElement.GetRawText()}");
                Interlocked.Increment(ref valid);
            }
        });
        output.WriteLine($"{schemas} schemas, {refused} refused; {valid} answers valid, {unfinished} cut off at {MostTokens} tokens");
        valid.ShouldBeGreaterThan(schemas * Samples / 2);
    }

    [PolarTinyFact]
    public async Task The_grammar_wins_over_settings_that_forbid_what_it_needs()
    {
        await using var engine = CreateEngine();
        const string Gbnf = "root ::= \"yes\" \" sir\"?";
        foreach (var settings in (SamplingSettings[])
        [
            new() { Temperature = 0, MinTokens = 50 },
            new() { Temperature = 1, IgnoreEndOfText = true },
            new() { Temperature = 1, TopK = 3, MinTokens = 50 },
            new() { Temperature = 1, TopP = 0.1f, FrequencyPenalty = 2, RepetitionPenalty = 2 },
        ])
        {
            var (text, reason) = await AnswerAsync(engine, Gbnf, settings, 100);
            text.ShouldBeOneOf("yes", "yes sir");
            reason.ShouldBe(FinishReason.Stop);
            if (settings.MinTokens > 0 || settings.IgnoreEndOfText) text.ShouldBe("yes sir");
        }
    }

    [PolarTinyFact]
    public async Task The_same_seed_gives_the_same_answer_whatever_is_remembered()
    {
        await using var engine = CreateEngine();
        var gbnf = SchemaCompiler.AnyObject();
        var settings = new SamplingSettings { Temperature = 1.2f, TopP = 0.95f, Seed = 11 };
        var first = await AnswerAsync(engine, gbnf, settings, 60);
        for (var other = 0; other < 5; other++) await AnswerAsync(engine, gbnf, settings with { Seed = other }, 60);

        (await AnswerAsync(engine, gbnf, settings, 60)).ShouldBe(first);
    }

    [PolarTinyFact]
    public async Task Where_the_answer_may_end_the_model_decides()
    {
        await using var engine = CreateEngine();
        var (text, reason) = await AnswerAsync(engine, "root ::= [a-z ]*", new SamplingSettings { Temperature = 0, MinTokens = 4 }, 40);

        text.ShouldMatch("^[a-z ]*$");
        text.Length.ShouldBeGreaterThan(3);
        reason.ShouldBeOneOf(FinishReason.Stop, FinishReason.Length);
    }

    private static async Task<(string Text, FinishReason Reason)> AnswerAsync(LocalTextEngine engine, string gbnf, SamplingSettings sampling, int tokens)
    {
        var stream = engine.Submit(
            new GenerationRequest
            {
                Id = "r",
                Tenant = "t",
                Prompt = new TextPrompt("Answer:"),
                Sampling = sampling,
                MaxTokens = tokens,
                Grammar = new OutputGrammar { Gbnf = gbnf },
            },
            CancellationToken.None);
        var text = new StringBuilder();
        var reason = FinishReason.None;
        while (await stream.WaitAsync())
        {
            while (stream.TryRead(out var item))
            {
                text.Append(Encoding.UTF8.GetString(stream.TextOf(item)));
                if (item.Kind == TokenEventKind.ChoiceFinished) reason = item.Finish;
            }
        }

        stream.Error.ShouldBeNull($"{gbnf}");
        return (text.ToString(), reason);
    }

    private LocalTextEngine CreateEngine()
    {
        var runner = tiny.Model.CreateRunner(
            new() { KvTokens = 8192, Sequences = 24, BatchTokens = 256, Threads = 1 }, TimeProvider.System);
        var model = new ModelDescription
        {
            Id = "tiny", Architecture = "a", Quantisation = "q", Parameters = 1, ContextTokens = 1024, KvTokens = 8192, MemoryBytes = 1,
            VocabularySize = tiny.Model.Tokenizer.VocabularySize, MaxChoices = 4, HasChatTemplate = false, Created = 0,
        };
        return new LocalTextEngine(
            model, runner, tiny.Model.Tokenizer, null, new SchedulerOptions { MaxRunning = AtOnce }, TimeProvider.System, NullLogger<LocalTextEngine>.Instance);
    }
}
