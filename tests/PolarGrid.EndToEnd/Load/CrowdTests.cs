using PolarGrid.EndToEnd.Running;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.Load;

/// <summary>Greedy answers beside other callers.</summary>
[Collection(ServerCollection.Name)]
public sealed class CrowdTests(ServerFixture fixture, ITestOutputHelper output)
{
    private const int Others = 8;
    private static readonly string[] Things =
    [
        "dog", "cat", "bird", "fish", "tree", "house", "boat", "car", "ball", "book", "girl", "boy", "king", "queen", "baker", "farmer",
        "river", "hill", "star", "moon", "sun", "cloud", "flower", "apple", "cake",
    ];

    [ModelFact]
    public async Task Fifty_greedy_answers_are_the_same_alone_and_in_a_crowd()
    {
        string[] prompts = [.. Things.Select(thing => $"Tell me about a {thing}."), .. Things.Select(thing => $"What does the {thing} like?")];
        var alone = new List<string>();
        foreach (var prompt in prompts) alone.Add(await AskAsync(prompt));

        using var enough = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, Others).Select(number => KeepAskingAsync($"Number {number} wants to hear of the sea.", enough.Token)).ToArray();
        var beside = new List<string>();
        foreach (var prompt in prompts) beside.Add(await AskAsync(prompt));
        await enough.CancelAsync();
        await Task.WhenAll(crowd);

        var same = alone.Zip(beside).Count(pair => pair.First == pair.Second);
        output.WriteLine($"{same} of {prompts.Length} are the same");
        same.ShouldBe(prompts.Length);
    }

    private async Task KeepAskingAsync(string prompt, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested) await AskAsync(prompt);
    }

    private async Task<string> AskAsync(string prompt) => Api.Text(await fixture.Api.ChatAsync(Api.Chat(TestModel.Name, ("user", prompt))));
}
