using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Templates;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Running;

/// <summary>Foretold tokens with the real library.</summary>
public sealed class DraftingTests(PolarTiny tiny, Stories stories) : IClassFixture<PolarTiny>, IClassFixture<Stories>
{
    private static readonly string[] Questions =
    [
        "What is the capital of France?",
        "Count from 1 to 20.",
        "Tell me a story about a cat.",
        "Write a JSON object with the fields name and age for Anna, who is 31.",
        "Sort these numbers: 7, 3, 12, 5.",
        "Who are you?",
        "Which regions does PolarGrid have?",
        "Spell the word garden.",
    ];

    [PolarTinyFact]
    public void Costs_of_passes_are_measured_up_to_the_widest()
    {
        using var runner = tiny.Model.CreateRunner(Options(KvLayout.Shared), TimeProvider.System);
        var costs = runner.Capacity.PassCosts.ShouldNotBeNull();
        costs.MostRows.ShouldBe(32);
        for (var rows = 1; rows <= 32; rows++) costs.Of(rows, 0).ShouldBeGreaterThan(0);
        runner.Capacity.Outputs.ShouldBeGreaterThanOrEqualTo(32);
    }

    [SharedFact(Stories.File)]
    public void Without_being_asked_to_a_runner_measures_nothing()
    {
        using var runner = stories.CreateRunner();
        runner.Capacity.PassCosts.ShouldBeNull();
    }

    [PolarTinyFact]
    public async Task Greedy_answers_are_the_same_with_and_without_and_some_tokens_are_foretold()
    {
        foreach (var layout in (KvLayout[])[KvLayout.Shared, KvLayout.Separate])
        {
            await using var with = Start(layout, draftTokens: 15, out var passes);
            await using var without = Start(layout, draftTokens: 0, out var plainPasses);
            foreach (var question in Questions)
            {
                var request = Chat(question, 0);
                (await AnswerAsync(with, request)).ShouldBe(await AnswerAsync(without, request), question);
            }

            passes.Passes.Count.ShouldBeLessThan(plainPasses.Passes.Count);
        }
    }

    [PolarTinyFact]
    public async Task A_list_that_is_repeated_takes_far_fewer_passes_than_tokens()
    {
        await using var engine = Start(KvLayout.Separate, draftTokens: 15, out var runner);
        var request = Chat("Say it again and again.", 0) with
        {
            MaxTokens = 600, Grammar = new OutputGrammar { Gbnf = """root ::= ("one, two, three, four, five; "){24}""" },
        };
        var (text, tokens) = await AnswerAsync(engine, request);
        text.ShouldBe(string.Concat(Enumerable.Repeat("one, two, three, four, five; ", 24)));
        runner.Passes.Count.ShouldBeLessThan(tokens / 4);
    }

    [PolarTinyFact]
    public async Task Alone_the_same_seed_gives_the_same_answer_again()
    {
        await using var engine = Start(KvLayout.Shared, draftTokens: 15, out _);
        foreach (var question in Questions)
        {
            var first = await AnswerAsync(engine, Chat(question, 0.9f) with { Tenant = "one" });
            var second = await AnswerAsync(engine, Chat(question, 0.9f) with { Tenant = "two" });
            second.ShouldBe(first, question);
        }
    }

    [PolarTinyFact]
    public async Task Answers_held_to_a_grammar_stay_valid()
    {
        await using var engine = Start(KvLayout.Separate, draftTokens: 15, out var runner);
        const string grammar = """
            root ::= "[" item ("," item){11} "]"
            item ::= "{\"name\":\"" [a-z]{1,6} "\",\"size\":" [1-9] [0-9]{0,2} "}"
            """;
        var requests = Enumerable.Range(0, 6).Select(seed => Chat("Write a JSON array.", 0.8f) with
        {
            Tenant = $"{seed}",
            MaxTokens = 600,
            Sampling = new SamplingSettings { Temperature = 0.8f, Seed = seed },
            Grammar = new OutputGrammar { Gbnf = grammar },
        });
        var answers = await Task.WhenAll(requests.Select(request => AnswerAsync(engine, request)));
        foreach (var (text, _) in answers)
        {
            using var json = JsonDocument.Parse(text);
            json.RootElement.GetArrayLength().ShouldBe(12);
        }

        runner.Passes.Count.ShouldBeLessThan(answers.Sum(answer => answer.Tokens));
    }

    [PolarTinyTheory]
    [InlineData(KvLayout.Shared)]
    [InlineData(KvLayout.Separate)]
    public async Task Many_at_once_whose_guesses_fail_and_come_all_get_whole_answers(KvLayout layout)
    {
        await using var engine = Start(layout, draftTokens: 15, out _);
        var requests = Enumerable.Range(0, 24).Select(number => Chat(Questions[number % Questions.Length], number % 3 == 0 ? 1.2f : 0) with
        {
            Tenant = $"{number % 5}", MaxTokens = 40 + number, Choices = 1 + (number % 3),
        }).ToArray();
        var answers = await Task.WhenAll(requests.Select(request => AnswerAsync(engine, request)));
        for (var number = 0; number < answers.Length; number++)
        {
            answers[number].Tokens.ShouldBeInRange(1, requests[number].Choices * (40 + number));
        }

        // What stayed in the cache is what came: greedy questions alone are answered as by an engine that never guessed.
        await using var plain = Start(layout, draftTokens: 0, out _);
        foreach (var question in Questions)
        {
            (await AnswerAsync(engine, Chat(question, 0) with { Tenant = "1" })).ShouldBe(await AnswerAsync(plain, Chat(question, 0)), question);
        }
    }

    private static GenerationRequest Chat(string question, float temperature) => new()
    {
        Id = "r",
        Tenant = "t",
        Prompt = new ChatPrompt { Messages = [new ChatTurn { Role = "user", Content = question }] },
        MaxTokens = 120,
        Sampling = new SamplingSettings { Temperature = temperature, Seed = 5 },
    };

    private static LlamaRunnerOptions Options(KvLayout layout) =>
        new() { KvTokens = 8 * 1024, Sequences = 8, Threads = 1, KvLayout = layout, MeasuresPasses = true };

    private LocalTextEngine Start(KvLayout layout, int draftTokens, out FixedCosts runner)
    {
        var inner = tiny.Model.CreateRunner(Options(layout), TimeProvider.System);

        // Each runner measures for itself which build computes which passes, and builds differ in the last bits.
        inner.Builds = null;
        runner = new FixedCosts(inner);
        return new LocalTextEngine(
            tiny.Model.Describe("tiny", inner, contextTokens: 1024, maxChoices: 4), runner, tiny.Model.Tokenizer,
            ChatTemplate.Parse(tiny.Model.Info.ChatTemplate!).Value, new SchedulerOptions { MaxRunning = 4, DraftTokens = draftTokens },
            TimeProvider.System, NullLogger<LocalTextEngine>.Instance);
    }

    private static async Task<(string Text, int Tokens)> AnswerAsync(LocalTextEngine engine, GenerationRequest request)
    {
        var stream = engine.Submit(request, CancellationToken.None);
        var text = new StringBuilder();
        while (await stream.WaitAsync())
        {
            while (stream.TryRead(out var item))
            {
                if (item.Kind == TokenEventKind.Delta) text.Append(Encoding.UTF8.GetString(stream.TextOf(item)));
            }
        }

        stream.Error.ShouldBeNull();
        return (text.ToString(), stream.Usage.CompletionTokens);
    }
}
