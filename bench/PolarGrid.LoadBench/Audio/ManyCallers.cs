using System.Diagnostics;
using PolarGrid.LoadBench.Scenarios;
using PolarGrid.LoadBench.Servers;

namespace PolarGrid.LoadBench.Audio;

/// <summary>So many callers at once for a time. Every third leaves early and asks again, so all share the processors all the time.</summary>
internal static class ManyCallers
{
    private const int AloneRounds = 9;

    /// <param name="server">Whose memory is looked at.</param>
    /// <param name="run">How many callers, for how long.</param>
    /// <param name="ask">Makes one request; told after how long (null: not at all) its caller leaves, given what one takes alone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<CallersResult> RunAsync(
        ServerProcess server, AudioRun run, Func<Leaving?, CancellationToken, Task<CallerAnswer>> ask, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"{run.Callers} callers");
        var alone = new List<CallerAnswer>();
        for (var round = 0; round < AloneRounds; round++) alone.Add(await ask(null, cancellationToken));
        var leaving = new Leaving(Distribution.Median(alone.Select(answer => answer.Milliseconds)));

        var clock = Stopwatch.StartNew();
        var running = Enumerable.Range(0, run.Callers).Select(caller => CallAsync(caller % 3 == 2 ? leaving : null)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(run.Seconds / 2.0), cancellationToken);
        var halfWay = server.ResidentBytes();
        var answers = (await Task.WhenAll(running)).SelectMany(list => list).ToList();

        var stayed = answers.Where(answer => !answer.Left).ToList();
        var latency = Distribution.Of(stayed.Select(answer => answer.Milliseconds));
        var firsts = answers.Select(answer => answer.FirstAudioMilliseconds).OfType<double>().ToList();
        return new CallersResult(
            run.Callers,
            clock.Elapsed.TotalSeconds,
            leaving.AloneMilliseconds,
            latency,
            answers.Count - stayed.Count,
            stayed.Count(answer => answer.Content != alone[0].Content),
            latency.Mean / (leaving.AloneMilliseconds * run.Callers / Environment.ProcessorCount),
            halfWay,
            server.ResidentBytes())
        {
            FirstAudio = firsts.Count > 0 ? Distribution.Of(firsts) : null,
        };

        async Task<List<CallerAnswer>> CallAsync(Leaving? leaves)
        {
            var own = new List<CallerAnswer>();
            while (clock.Elapsed.TotalSeconds < run.Seconds) own.Add(await ask(leaves, cancellationToken));
            return own;
        }
    }
}

/// <summary>That a caller leaves early.</summary>
/// <param name="AloneMilliseconds">What the request takes with nobody else there.</param>
internal sealed record Leaving(double AloneMilliseconds);

/// <summary>What a caller got.</summary>
/// <param name="Milliseconds">Until all of it was there, or the caller left.</param>
/// <param name="Content">Equal for equal answers.</param>
/// <param name="Left">Before its end.</param>
internal sealed record CallerAnswer(double Milliseconds, string Content, bool Left)
{
    /// <summary>Null for recordings.</summary>
    public double? FirstAudioMilliseconds { get; init; }
}
