using System.Diagnostics;
using PolarGrid.LoadBench.Scenarios;
using PolarGrid.LoadBench.Servers;

namespace PolarGrid.LoadBench.Speech;

/// <summary>So many callers at once for a time; every third leaves after a second of audio and asks again.</summary>
internal static class SpeechCallers
{
    private const int AloneRounds = 9, LeaveAfterBytes = 32_000;

    public static async Task<CallersResult> RunAsync(
        SpeechClient client, ServerProcess server, string text, int callers, int seconds, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"{callers} callers");
        var alone = new List<SpokenAnswer>();
        for (var round = 0; round < AloneRounds; round++) alone.Add(await client.SpeakAsync(text, null, cancellationToken));
        var aloneMilliseconds = Distribution.Median(alone.Select(answer => answer.TotalMilliseconds));

        var clock = Stopwatch.StartNew();
        var running = Enumerable.Range(0, callers).Select(caller => CallAsync(caller % 3 == 2)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0), cancellationToken);
        var halfWay = server.ResidentBytes();
        var answers = (await Task.WhenAll(running)).SelectMany(list => list).ToList();

        // Whoever leaves asks again, so all callers share the processors all the time.
        var stayed = answers.Where(answer => !answer.Left).Select(answer => answer.Spoken).ToList();
        var ideal = aloneMilliseconds * callers / Environment.ProcessorCount;
        var latency = Distribution.Of(stayed.Select(answer => answer.TotalMilliseconds));
        return new CallersResult(
            callers,
            clock.Elapsed.TotalSeconds,
            aloneMilliseconds,
            latency,
            Distribution.Of(answers.Select(answer => answer.Spoken.FirstAudioMilliseconds ?? 0)),
            answers.Count(answer => answer.Left),
            stayed.Count(answer => Math.Abs(answer.AudioSeconds - alone[0].AudioSeconds) > 0.001),
            latency.Mean / ideal,
            halfWay,
            server.ResidentBytes());

        async Task<List<(SpokenAnswer Spoken, bool Left)>> CallAsync(bool leaves)
        {
            var own = new List<(SpokenAnswer, bool)>();
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                own.Add((await client.SpeakAsync(text, leaves ? LeaveAfterBytes : null, cancellationToken), leaves));
            }

            return own;
        }
    }
}
