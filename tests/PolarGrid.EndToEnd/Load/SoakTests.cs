using System.Diagnostics;
using System.Globalization;
using PolarGrid.EndToEnd.Running;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.Load;

/// <summary>
/// Two hundred callers at once, a third of them leaving in the middle of their answers. <c>POLARGRID_SOAK_SECONDS</c> makes it longer
/// (8 seconds unless told).
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class SoakTests(ServerFixture fixture, ITestOutputHelper output)
{
    private const int Callers = 200;
    private const int Sample = 24;

    /// <summary>How much the server's memory may grow from the middle to the end. Buffers of 200 connections come and go within it.</summary>
    private const long GrowthBytes = 48L << 20;

    /// <summary>For the answers under way when the time is over, also on a busy machine.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(3);

    [ModelFact]
    public async Task Two_hundred_callers_get_their_own_answers_and_leave_nothing_behind()
    {
        var duration = TimeSpan.FromSeconds(
            double.Parse(Environment.GetEnvironmentVariable("POLARGRID_SOAK_SECONDS") ?? "8", CultureInfo.InvariantCulture));
        var markers = Marker.Make(Callers);
        var callers = markers.Select((marker, number) => new SoakCaller(fixture.Api, marker, (CallerKind)(number % 3))).ToArray();

        var clock = Stopwatch.StartNew();
        var running = callers.Select(caller => caller.RunAsync(clock, duration)).ToArray();
        using (var half = new PeriodicTimer(duration / 2)) await half.WaitForNextTickAsync();
        var middle = fixture.Server.ResidentBytes;
        await Task.WhenAll(running).WaitAsync(duration + DrainLimit);
        var end = fixture.Server.ResidentBytes;
        await fixture.Api.WaitUntilIdleAsync();

        output.WriteLine(
            $"{callers.Sum(caller => caller.Finished)} answers, {callers.Sum(caller => caller.Left)} left, {callers.Sum(caller => caller.Refused)} refused "
            + $"in {clock.Elapsed.TotalSeconds:0.0} s; memory {middle >> 20} MiB in the middle, {end >> 20} MiB at the end");

        callers.SelectMany(caller => caller.Faults).ShouldBeEmpty();
        callers.Where(caller => caller.Finished + caller.Left == 0).ShouldBeEmpty("every caller was served");
        Strangers(callers, [.. markers]).ShouldBeEmpty("no answer holds what another caller wrote");
        (end - middle).ShouldBeLessThan(GrowthBytes);
        await AnswersAreThoseOfAQuietServerAsync(callers);
    }

    private static IEnumerable<string> Strangers(SoakCaller[] callers, HashSet<string> all) =>
        from caller in callers
        from text in caller.Texts
        let foreign = Marker.FindForeign(text, caller.Marker, all)
        where foreign is not null
        select $"{caller.Marker} got {foreign}: {text}";

    /// <summary>
    /// In a batch a sum is made in another order, so that two nearly equal tokens can change places: of 50 greedy answers 48 were the
    /// same alone and beside 8 other callers. A mix-up would change all answers, an order of sums only a few.
    /// </summary>
    private async Task AnswersAreThoseOfAQuietServerAsync(SoakCaller[] callers)
    {
        var (same, asked) = (0, 0);
        foreach (var caller in callers.Where(caller => caller.Answers.Count > 0).Take(Sample))
        {
            var alone = Api.Text(await fixture.Api.ChatAsync(caller.Request));
            asked++;
            if (caller.Answers.All(answer => answer == alone)) same++;
        }

        output.WriteLine($"{same} of {asked} callers got in every round what they get alone");
        same.ShouldBeGreaterThan(asked / 2);
    }
}
