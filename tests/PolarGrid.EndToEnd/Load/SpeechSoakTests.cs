using System.Diagnostics;
using System.Globalization;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.Load;

/// <summary>
/// Sixteen callers hear a server speak, a third of them leaving early. <c>POLARGRID_SOAK_SECONDS</c> makes it longer (8 seconds unless told).
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class SpeechSoakTests(ServerFixture fixture, ITestOutputHelper output)
{
    private const int Callers = 16, LeaveAfterBytes = 40_000;
    private const long GrowthBytes = 48L << 20;

    private static readonly string[] Formats = ["pcm", "wav", "flac", "mp3"];

    [SpeechFact]
    public async Task Sixteen_callers_get_their_own_answers_and_leave_nothing_behind()
    {
        var duration = TimeSpan.FromSeconds(
            double.Parse(Environment.GetEnvironmentVariable("POLARGRID_SOAK_SECONDS") ?? "8", CultureInfo.InvariantCulture));
        var alone = new double[Callers];
        for (var caller = 0; caller < Callers; caller++) alone[caller] = await SecondsAsync(caller);

        var clock = Stopwatch.StartNew();
        var running = Enumerable.Range(0, Callers).Select(CallAsync).ToArray();
        using (var half = new PeriodicTimer(duration / 2)) await half.WaitForNextTickAsync();
        var middle = fixture.Server.ResidentBytes;
        var results = await Task.WhenAll(running).WaitAsync(duration + TimeSpan.FromMinutes(3));
        var end = fixture.Server.ResidentBytes;
        using var idle = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await fixture.Api.MetricAsync("polargrid_speech_requests") > 0) idle.Token.ThrowIfCancellationRequested();

        output.WriteLine(
            $"{results.Sum(result => result.Heard)} answers, {results.Sum(result => result.Left)} left in {clock.Elapsed.TotalSeconds:0.0} s; "
            + $"memory {middle >> 20} MiB in the middle, {end >> 20} MiB at the end");
        results.ShouldAllBe(result => result.Heard + result.Left > 0);
        (end - middle).ShouldBeLessThan(GrowthBytes);

        async Task<(int Heard, int Left)> CallAsync(int caller)
        {
            var (heard, left) = (0, 0);
            while (clock.Elapsed < duration)
            {
                if (caller % 3 == 2)
                {
                    await LeaveAsync(caller);
                    left++;
                    continue;
                }

                // Nobody's words have the length of another's, so a mix-up or a hole would show.
                (await SecondsAsync(caller)).ShouldBe(alone[caller], 0.001, $"caller {caller}");
                heard++;
            }

            return (heard, left);
        }
    }

    private async Task<double> SecondsAsync(int caller)
    {
        var format = Formats[caller % Formats.Length];
        return Spoken.Hear(await fixture.Api.SpeakAsync(Spoken.Request(TextOf(caller), format: format)), format).Seconds;
    }

    private async Task LeaveAsync(int caller)
    {
        using var response = await fixture.Api.SendAsync(
            "/v1/audio/speech", Spoken.Request(TextOf(caller), format: "pcm"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[LeaveAfterBytes]);
    }

    private static string TextOf(int caller) =>
        $"Caller {caller} is speaking. {string.Concat(Enumerable.Repeat("And so it goes on. ", caller + 1))}Then it ends, as everything does, with a full stop.";
}
