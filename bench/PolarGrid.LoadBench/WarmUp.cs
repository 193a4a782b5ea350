using System.Diagnostics;
using PolarGrid.LoadBench.Client;
using PolarGrid.LoadBench.Prompts;

namespace PolarGrid.LoadBench;

/// <summary>Short streamed requests for a while, as an operator's server has served long before anyone measures it.</summary>
internal static class WarmUp
{
    private const int MostCallers = 4;
    private const int PromptTokens = 16;
    private const int OutputTokens = 16;

    public static Task RunAsync(ChatClient client, PromptSource prompts, int slots, double seconds, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        return Task.WhenAll(Enumerable.Range(0, Math.Min(slots, MostCallers)).Select(async _ =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var outcome = await client.SendAsync(new ChatRequest(null, prompts.Text(PromptTokens), OutputTokens), cancellationToken);
                if (outcome.Error is { } error) throw new InvalidOperationException($"A warm-up request failed: {error}");
            }
        }));
    }
}
