using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Llama.Sampling;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

public sealed class LogprobReaderTests(PolarTiny tiny) : IClassFixture<PolarTiny>
{
    private const double Tolerance = 1e-4;

    [PolarTinyFact]
    public void Every_token_of_the_vocabulary_has_the_log_softmax_of_the_raw_logits()
    {
        using var runner = tiny.CreateRunner();
        var prompt = tiny.Model.Tokenizer.Prompt("What is the capital of France?");
        runner.Feed(prompt);
        var expected = LogSoftmax(runner.Logits(prompt.Length - 1));

        for (var token = 0; token < expected.Length; token++)
        {
            ((double)runner.ReadLogprobs(prompt.Length - 1, token, [])).ShouldBe(expected[token], Tolerance);
        }
    }

    [PolarTinyFact]
    public void Sampling_with_every_setting_leaves_them_as_they_were()
    {
        using var runner = tiny.CreateRunner();
        var prompt = tiny.Model.Tokenizer.Prompt("Tell me about a dog.");
        runner.Feed(prompt);
        var expected = LogSoftmax(runner.Logits(prompt.Length - 1));
        using var sampler = runner.CreateSampler(
            new SamplingSettings
            {
                Temperature = 1.7f, TopK = 7, TopP = 0.5f, RepetitionPenalty = 1.5f, FrequencyPenalty = 1, LogitBias = [new(3, 50), new(4, -100)],
            },
            prompt);
        var token = sampler.Sample(prompt.Length - 1, allowEnd: false);

        var top = new RankedToken[20];
        ((double)runner.ReadLogprobs(prompt.Length - 1, token, top)).ShouldBe(expected[token], Tolerance);
        var ranking = Enumerable.Range(0, expected.Length).OrderByDescending(id => expected[id]).Take(20).ToArray();
        top.Select(ranked => ranked.Token).ShouldBe(ranking);
        foreach (var ranked in top) ((double)ranked.Logprob).ShouldBe(expected[ranked.Token], Tolerance);
    }

    [PolarTinyFact]
    public async Task A_scored_answer_and_its_echoed_prompt_match_a_computation_token_by_token()
    {
        var text = string.Concat(Enumerable.Repeat("The dog ran to the house. ", 8));
        var description = new ModelDescription
        {
            Id = "tiny", Architecture = "llama", Quantisation = "Q8_0", Parameters = 1, ContextTokens = 512, KvTokens = 2048, MemoryBytes = 1,
            VocabularySize = tiny.Model.Tokenizer.VocabularySize, MaxChoices = 4, HasChatTemplate = false, Created = 0,
        };
        await using var engine = new LocalTextEngine(
            description, tiny.CreateRunner(), tiny.Model.Tokenizer, null, new SchedulerOptions { MaxRunning = 4 }, TimeProvider.System,
            NullLogger<LocalTextEngine>.Instance);
        var request = new GenerationRequest
        {
            Id = "r", Tenant = "t", Prompt = new TextPrompt(text), MaxTokens = 8, EchoPrompt = true, TopLogprobs = 5,
            Sampling = new SamplingSettings { Temperature = 0 },
        };
        await ReadAsync(engine.Submit(request with { TopLogprobs = null }, default));
        var records = await ReadAsync(engine.Submit(request, default));

        var places = records.Where((_, at) => IsPlace(records, at)).ToList();
        places.Count.ShouldBeGreaterThan(60);
        using var reference = tiny.CreateRunner();
        for (var at = 1; at < places.Count; at++)
        {
            reference.Feed([places[at - 1].Token], start: at - 1);
            var expected = LogSoftmax(reference.Logits(0));
            ((double)places[at].Logprob).ShouldBe(expected[places[at].Token], 0.02, $"token {at}");
        }
    }

    /// <summary>Alternatives follow the record that counts them.</summary>
    private static bool IsPlace(List<TokenLogprob> records, int at)
    {
        for (var place = 0; place < records.Count; place += 1 + records[place].Alternatives)
        {
            if (place == at) return true;
        }

        return false;
    }

    private static async Task<List<TokenLogprob>> ReadAsync(GenerationStream stream)
    {
        var records = new List<TokenLogprob>();
        while (await stream.WaitAsync())
        {
            while (stream.TryRead(out var item))
            {
                item.Kind.ShouldNotBe(TokenEventKind.Failed, stream.Error?.Message);
                records.AddRange(stream.LogprobsOf(item).Records);
            }
        }

        return records;
    }

    private static double[] LogSoftmax(ReadOnlySpan<float> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits) largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (var logit in logits) sum += Math.Exp(logit - largest);
        var result = new double[logits.Length];
        for (var at = 0; at < result.Length; at++) result[at] = logits[at] - largest - Math.Log(sum);
        return result;
    }
}
