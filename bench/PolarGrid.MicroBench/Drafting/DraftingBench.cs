using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;

namespace PolarGrid.MicroBench.Drafting;

/// <summary>
/// Tokens per second with foretold tokens against none, in turn in every round, over one file: greedy answers, which turn in circles
/// where weights are random, and hot ones, which repeat nothing; or the answers to given questions.
/// </summary>
internal static class DraftingBench
{
    private const int Tokens = 128;

    /// <param name="kinds">greedy, hot, or a file of questions, one a line; several are separated by commas.</param>
    public static async Task<int> RunAsync(string path, int rounds, string callerCounts, string kinds)
    {
        using var model = LlamaModelLoader.Load(
            LlamaBackend.Start(null, NullLogger.Instance), path, new LlamaModelOptions(), null, CancellationToken.None);
        foreach (var kind in kinds.Split(','))
        {
            string[]? questions = File.Exists(kind) ? await File.ReadAllLinesAsync(kind) : null;
            var temperature = kind == "hot" ? 1 : 0;
            var name = Path.GetFileName(kind);
            foreach (var callers in callerCounts.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture)))
            {
                // New engines each time: which slots are taken depends on what ran before, and scattered ones are slower.
                await using var with = new DraftingSide(model, draftTokens: 15);
                await using var without = new DraftingSide(model, draftTokens: 0);
                List<double> speeds = [], ratios = [];
                for (var round = -1; round < rounds; round++)
                {
                    var requests = Enumerable.Range(0, callers).Select(caller => Request(questions, temperature, callers, caller, round)).ToArray();
                    var (first, second) = round % 2 == 0 ? (with, without) : (without, with);
                    var one = await first.SpeedAsync(requests);
                    var other = await second.SpeedAsync(requests);
                    if (round < 0)
                    {
                        with.Forget();
                        continue;
                    }

                    var (own, plain) = first == with ? (one, other) : (other, one);
                    speeds.Add(own);
                    ratios.Add(own / plain);
                }

                speeds.Sort();
                ratios.Sort();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{callers} callers, {name,-6} {speeds[speeds.Count / 2],7:F1} tokens/s, {ratios[ratios.Count / 2]:F3} of without (rounds {ratios[0]:F3} to "
                    + $"{ratios[^1]:F3}); foretold {with.Drafted}, came {with.Accepted} of {with.Generated} tokens; width {with.Width(callers)} and {without.Width(callers)}"));
            }
        }

        return 0;
    }

    private static GenerationRequest Request(string[]? questions, float temperature, int callers, int caller, int round)
    {
        var number = ((round + 1) * callers) + caller;
        var random = new Random(number + (callers * 1000));
        Prompt prompt = questions is null
            ? new TextPrompt(string.Join(' ', Enumerable.Range(0, 64).Select(_ => Words[random.Next(Words.Length)])))
            : new ChatPrompt { Messages = [new ChatTurn { Role = "user", Content = questions[random.Next(questions.Length)] }] };
        return new GenerationRequest
        {
            Id = "bench",
            Tenant = $"{number}",
            Prompt = prompt,
            Sampling = new SamplingSettings { Temperature = temperature, Seed = number, IgnoreEndOfText = questions is null },
            MaxTokens = Tokens,
        };
    }

    private static string[] Words { get; } =
        "the of and to in is that it for was on are as with they be at one have this from had by hot word but what some we can out other were all there when up use your how said an each she which do their time if will way about many then them write would like so these her long make thing see him two has look more day could go come did number sound no most people my over know water than call first who may down side been now find any new work part take get place made live where after back little only round man year came show every good"
            .Split(' ');
}
