using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Jobs;

/// <summary>How much jobs may take, and that callers who wait come first.</summary>
public sealed class JobBoundTests : JobTests
{
    [Fact]
    public async Task A_key_has_a_bounded_number_of_jobs()
    {
        for (var number = 0; number < 5; number++)
        {
            using var taken = await SubmitAsync("a");
            taken.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        using var refused = await SubmitAsync("a");
        using var other = Server.Edge.NewClient(Server.Edge.Keys.Create("other", KeyPermission.ReadOnly).Key);
        using var others = await Server.PostAsync("/v1/audio/transcriptions", TranscriptionServer.Form(Tones.Wav("a"), ("async", "true")), other);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        others.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_keys_waiting_files_are_bounded()
    {
        await using var small = await TranscriptionServer.StartAsync(options =>
        {
            options.Transcription.MaxFileBytes = 50_000;
            options.Transcription.MaxJobBytesOfKey = 60_000;
            options.Transcription.MaxRunningJobs = 1;
        });
        using var go = new SemaphoreSlim(0);
        small.Engine.OnChunk = () => go.Wait(TimeSpan.FromSeconds(20));
        using var first = await small.TranscribeAsync("a", ("async", "true"));
        using var second = await small.TranscribeAsync("b", ("async", "true"));
        using var third = await small.TranscribeAsync("c", ("async", "true"));
        go.Release(1000);

        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        second.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Files_of_all_jobs_are_bounded_and_leave_room_for_callers()
    {
        await using var small = await TranscriptionServer.StartAsync(options =>
        {
            options.Transcription.MaxFileBytes = 70_000;
            options.Transcription.MaxJobBytesTogether = 70_000;
            options.Transcription.MaxRunningJobs = 1;
        });
        using var go = new SemaphoreSlim(0);
        small.Engine.OnChunk = () => go.Wait(TimeSpan.FromSeconds(20));
        using var first = await small.TranscribeAsync("a", ("async", "true"));
        await Until.TrueAsync(() => small.Engine.Open == 1);
        using var second = await small.TranscribeAsync("b", ("async", "true"));
        using var refused = await small.TranscribeAsync("c", ("async", "true"));
        var asking = small.TranscribeAsync("d");
        go.Release(1000);
        using var answered = await asking;

        second.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_job_waits_where_a_caller_is_turned_away()
    {
        await using var busy = await TranscriptionServer.StartAsync(time: Time, maxRequests: 1);
        busy.Speech.Transcribers[0].Engines.TryEnter(out var ticket).ShouldBeNull();
        using var response = await busy.TranscribeAsync("patient", ("async", "true"));
        var url = (await response.JsonAsync()).GetProperty("poll_url").GetString();
        ticket!.Dispose();

        await Until.TrueAsync(async () =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            using var poll = await busy.Client.GetAsync(url);
            return (await poll.JsonAsync()).GetProperty("status").GetString() == "completed";
        });
    }

    [Fact]
    public async Task A_job_that_waits_for_its_model_holds_no_room_for_audio()
    {
        await using var busy = await TranscriptionServer.StartAsync(time: Time, maxRequests: 1);
        busy.Speech.Transcribers[0].Engines.TryEnter(out var ticket).ShouldBeNull();
        var before = Time.ActiveTimers;
        using var response = await busy.TranscribeAsync("patient", ("async", "true"));

        // One sweeps, one waits for the model.
        await Until.TrueAsync(() => Time.ActiveTimers >= before + 2);
        var audio = busy.Edge.App.Services.GetRequiredService<AudioReader>();
        (audio.Room.Used + audio.JobRoom.Used).ShouldBe(0);
        ticket!.Dispose();
    }

    [Fact]
    public async Task Jobs_that_fill_their_room_hold_up_no_caller()
    {
        var audio = Server.Edge.App.Services.GetRequiredService<AudioReader>();
        Hold();
        await audio.JobRoom.TakeAsync(7200, default);
        using var job = await SubmitAsync("later");
        await Until.TrueAsync(() => audio.JobRoom.Waiting == 1);
        Server.Engine.OnChunk = null;

        using var answered = await Server.TranscribeAsync("now");

        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        audio.JobRoom.Give(7200);
        var id = await IdAsync(job);
        await Until.TrueAsync(async () => await StatusAsync(id) == "completed");
    }
}
