using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.PolarTiny;

/// <summary>What polar-tiny promises, on phrasings that it has not seen, greedily and over HTTP.</summary>
[Collection(ServerCollection.Name)]
public sealed class EvaluationTests(ServerFixture fixture, ITestOutputHelper output)
{
    private const double Share = 0.9;
    private const double Tolerance = 0.05;
    private const string NotHeldToIt = "stories";
    private static readonly ParallelOptions Callers = new() { MaxDegreeOfParallelism = 16 };

    /// <summary>The card's table holds through this server too; a few answers differ with the order of additions in a batch.</summary>
    [EvaluationFact]
    public async Task Every_group_reaches_what_the_card_says()
    {
        var recorded = JsonNode.Parse(string.Concat(PolarTinyFiles.Lines("evaluation.json")))!;
        var below = (await AskAllAsync()).Where(group =>
            group.Right < (Math.Min(Share, (double)recorded[group.Name]!["share"]! - Tolerance)) * group.All);
        below.Select(group => $"{group.Name}: {group.Right} of {group.All}").ShouldBeEmpty();
    }

    [EvaluationFact(Bar = true)]
    public async Task Nine_of_ten_answers_of_every_group_are_right()
    {
        var below = (await AskAllAsync()).Where(group => group.Name != NotHeldToIt && group.Right < Share * group.All);
        below.Select(group => $"{group.Name}: {group.Right} of {group.All}").ShouldBeEmpty();
    }

    private async Task<(string Name, int Right, int All)[]> AskAllAsync()
    {
        var cases = PolarTinyFiles.Lines("eval_cases.jsonl").Select(line => new EvaluationCase(JsonNode.Parse(line)!)).ToArray();
        var results = new ConcurrentDictionary<EvaluationCase, bool>();

        await Parallel.ForEachAsync(cases, Callers, async (asked, _) =>
        {
            var (status, answer) = await fixture.Api.PostAsync("/v1/chat/completions", asked.Request());
            status.ShouldBe(HttpStatusCode.OK, $"{asked.Id}: {answer.ToJsonString()}");
            results[asked] = asked.IsMetBy(answer["choices"]![0]!["message"]!);
        });

        var groups = results.GroupBy(result => result.Key.Group)
            .Select(group => (Name: group.Key, Right: group.Count(result => result.Value), All: group.Count()))
            .OrderBy(group => group.Name, StringComparer.Ordinal).ToArray();
        foreach (var (name, right, all) in groups) output.WriteLine($"{name}: {right} of {all}");
        groups.Length.ShouldBeGreaterThan(20);
        return groups;
    }

    [EvaluationFact]
    public async Task Held_out_prompts_get_answers_that_end_by_themselves()
    {
        var prompts = PolarTinyFiles.Lines("held_out_prompts.txt").Where(line => line.Length > 0).ToArray();

        await Parallel.ForEachAsync(prompts, Callers, async (prompt, _) =>
        {
            var request = Api.Chat(TestModel.Name, ("user", prompt));
            request["max_tokens"] = 400;
            var answer = await fixture.Api.ChatAsync(request);
            Api.Text(answer).ShouldNotBeNullOrWhiteSpace(prompt);
            ((string?)answer["choices"]![0]!["finish_reason"]).ShouldBe("stop", prompt);
        });
    }
}

/// <summary>A test that needs the finished polar-tiny; skipped with a sentence when it is missing.</summary>
internal sealed class EvaluationFactAttribute : FactAttribute
{
    private const string BarVariable = "POLARGRID_EVALUATE";

    public EvaluationFactAttribute() => Skip = TestModel.Missing ?? PolarTinyFiles.Missing;

    /// <summary>The goal of the model, which its card says it has not reached in every group; held to it on demand.</summary>
    public bool Bar
    {
        get => field;
        set
        {
            field = value;
            if (value && Environment.GetEnvironmentVariable(BarVariable) != "1")
            {
                Skip ??= $"polar-tiny is below 90 % in some groups, as its card says; {BarVariable}=1 holds it to the bar all the same.";
            }
        }
    }
}
