using System.Diagnostics;
using PolarGrid.LoadBench.Scenarios;
using PolarGrid.LoadBench.Servers;
using PolarGrid.LoadBench.Speech;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>So many callers at once for a time; every third leaves before its answer can be there and asks again.</summary>
internal static class TranscriptionCallers
{
    private const int AloneRounds = 5;

    public static async Task<CallersResult> RunAsync(
        TranscriptionClient client, ServerProcess server, string voice, int callers, int seconds, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"{callers} callers");
        var wav = await client.SpeakAsync(SpeechTexts.Sentence, voice, cancellationToken);
        var alone = new List<HeardAnswer>();
        for (var round = 0; round < AloneRounds; round++) alone.Add(await client.HearAsync(wav, cancellationToken));
        var aloneMilliseconds = Distribution.Median(alone.Select(answer => answer.Milliseconds));
        var (left, clock) = (0, Stopwatch.StartNew());
        var running = Enumerable.Range(0, callers).Select(caller => CallAsync(caller % 3 == 2)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0), cancellationToken);
        var halfWay = server.ResidentBytes();
        var stayed = (await Task.WhenAll(running)).SelectMany(list => list).ToList();
        var latency = Distribution.Of(stayed.Select(answer => answer.Milliseconds));
        var ideal = aloneMilliseconds * callers / Environment.ProcessorCount;
        return new CallersResult(
            callers, clock.Elapsed.TotalSeconds, aloneMilliseconds, latency, latency, left,
            stayed.Count(answer => answer.Text != alone[0].Text), latency.Mean / ideal, halfWay, server.ResidentBytes());

        async Task<List<HeardAnswer>> CallAsync(bool leaves)
        {
            var own = new List<HeardAnswer>();
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                if (leaves) leaving.CancelAfter(TimeSpan.FromMilliseconds(aloneMilliseconds));
                try
                {
                    own.Add(await client.HearAsync(wav, leaving.Token));
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    Interlocked.Increment(ref left);
                }
            }

            return own;
        }
    }
}
