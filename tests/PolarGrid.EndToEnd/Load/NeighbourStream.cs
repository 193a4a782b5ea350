using System.Diagnostics;
using PolarGrid.EndToEnd.Running;

namespace PolarGrid.EndToEnd.Load;

/// <summary>A caller who reads one free answer after the other and notes the longest wait for more of it.</summary>
internal sealed class NeighbourStream(Api api)
{
    private const int AnswerTokens = 400;

    private long longestTicks;

    public int Answers { get; private set; }

    /// <summary>The longest wait that has ended since the last call of this.</summary>
    public TimeSpan TakeLongestGap() => TimeSpan.FromTicks(Interlocked.Exchange(ref longestTicks, 0));

    /// <summary>Reads on until cancelled; the answer under way is read to its end.</summary>
    public async Task ReadAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var request = Api.Chat(TestModel.Name, ("user", "Tell me a long story about a bird."));
            request["stream"] = true;
            request["ignore_eos"] = true;
            request["max_tokens"] = AnswerTokens;
            using var response = await api.SendAsync("/v1/chat/completions", request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
            var watch = Stopwatch.StartNew();
            string? last = null;
            await foreach (var data in Api.EventsAsync(response))
            {
                if (watch.Elapsed.Ticks > Interlocked.Read(ref longestTicks)) Interlocked.Exchange(ref longestTicks, watch.Elapsed.Ticks);
                watch.Restart();
                last = data;
            }

            if (last != "[DONE]") throw new InvalidOperationException($"The neighbour's stream ended with: {last}");
            Answers++;
        }
    }
}
