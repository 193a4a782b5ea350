using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Transcription.Forms;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Jobs;

public sealed class TranscriptionJobTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private readonly SemaphoreSlim hold = new(0);
    private TranscriptionServer server = null!;

    public async Task InitializeAsync() => server = await TranscriptionServer.StartAsync(
        options =>
        {
            options.Transcription.MaxJobsOfKey = 5;
            options.Transcription.JobKeptSeconds = 60;
            options.Transcription.MaxRunningJobs = 1;
        },
        time);

    public async Task DisposeAsync()
    {
        hold.Release(1000);
        await server.DisposeAsync();
        hold.Dispose();
    }

    [Fact]
    public async Task A_job_is_taken_in_with_202_and_where_to_ask()
    {
        Hold();
        using var response = await SubmitAsync("later");
        var job = await response.JsonAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = job.GetProperty("job_id").GetString()!;
        id.ShouldStartWith("job_transcription_");
        job.GetProperty("status").GetString().ShouldBe("queued");
        job.GetProperty("poll_url").GetString().ShouldBe($"/v1/audio/transcriptions?job_id={id}");
    }

    [Theory]
    [InlineData("json", JsonValueKind.Object)]
    [InlineData("verbose_json", JsonValueKind.Object)]
    [InlineData("text", JsonValueKind.String)]
    [InlineData("srt", JsonValueKind.String)]
    public async Task A_job_goes_through_its_states_to_a_result_in_the_asked_format(string format, JsonValueKind kind)
    {
        Hold();
        using var first = await SubmitAsync("first");
        using var second = await SubmitAsync("second job", format);
        var (one, two) = (await IdAsync(first), await IdAsync(second));
        await Until.TrueAsync(async () => await StatusAsync(one) == "processing");
        (await StatusAsync(two)).ShouldBe("queued");

        Release();
        await Until.TrueAsync(async () => await StatusAsync(two) == "completed");
        using var waited = await server.TranscribeAsync("second job", ("response_format", format));

        var job = await PollAsync(two);
        var result = job.GetProperty("result");
        result.ValueKind.ShouldBe(kind);
        var direct = await waited.Content.ReadAsStringAsync();
        (kind == JsonValueKind.String ? result.GetString() : result.GetRawText()).ShouldBe(direct);
        job.GetProperty("expires_at").GetInt64().ShouldBe(job.GetProperty("finished_at").GetInt64() + 60);
    }

    [Fact]
    public async Task A_job_whose_file_is_no_audio_fails_with_the_reason()
    {
        using var response = await server.SendAsync("nothing"u8.ToArray(), ("async", "true"));
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "failed");

        (await PollAsync(id)).GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_audio");
    }

    [Fact]
    public async Task A_job_that_meets_a_fault_fails_and_says_nothing_of_it()
    {
        server.Engine.OnChunk = () => throw new InvalidOperationException("secret");
        using var response = await SubmitAsync("later");
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "failed");

        (await PollAsync(id)).GetRawText().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_job_belongs_to_its_key()
    {
        using var response = await SubmitAsync("mine");
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "completed");
        using var other = server.Edge.NewClient(server.Edge.Keys.Create("other", KeyPermission.Admin).Key);
        using var asked = await other.GetAsync($"/v1/audio/transcriptions?job_id={id}");

        asked.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?job_id=job_transcription_0", HttpStatusCode.NotFound)]
    public async Task Asking_for_no_job_says_so(string query, HttpStatusCode status)
    {
        using var response = await server.Client.GetAsync("/v1/audio/transcriptions" + query);

        response.StatusCode.ShouldBe(status);
        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe("job_id");
    }

    [Fact]
    public async Task A_finished_job_is_removed_after_its_time_also_from_the_disk()
    {
        using var response = await SubmitAsync("short lived");
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "completed");

        time.Advance(TimeSpan.FromSeconds(59));
        (await StatusAsync(id)).ShouldBe("completed");
        time.Advance(TimeSpan.FromSeconds(40));
        using var gone = await server.Client.GetAsync($"/v1/audio/transcriptions?job_id={id}");

        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Rows().ShouldBe(0);
    }

    [Fact]
    public async Task A_key_has_a_bounded_number_of_jobs()
    {
        for (var number = 0; number < 5; number++)
        {
            using var taken = await SubmitAsync("a");
            taken.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        using var refused = await SubmitAsync("a");
        using var other = server.Edge.NewClient(server.Edge.Keys.Create("other", KeyPermission.ReadOnly).Key);
        using var others = await server.PostAsync("/v1/audio/transcriptions", TranscriptionServer.Form(Tones.Wav("a"), ("async", "true")), other);

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
        await using var busy = await TranscriptionServer.StartAsync(time: time, maxRequests: 1);
        busy.Speech.Transcribers[0].Engines.TryEnter(out var ticket).ShouldBeNull();
        using var response = await busy.TranscribeAsync("patient", ("async", "true"));
        var url = (await response.JsonAsync()).GetProperty("poll_url").GetString();
        ticket!.Dispose();

        await Until.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            using var poll = await busy.Client.GetAsync(url);
            return (await poll.JsonAsync()).GetProperty("status").GetString() == "completed";
        });
    }

    [Fact]
    public async Task A_job_that_waits_for_its_model_holds_no_room_for_audio()
    {
        await using var busy = await TranscriptionServer.StartAsync(time: time, maxRequests: 1);
        busy.Speech.Transcribers[0].Engines.TryEnter(out var ticket).ShouldBeNull();
        var before = time.ActiveTimers;
        using var response = await busy.TranscribeAsync("patient", ("async", "true"));

        // One sweeps, one waits for the model.
        await Until.TrueAsync(() => time.ActiveTimers >= before + 2);
        var audio = busy.Edge.App.Services.GetRequiredService<AudioReader>();
        (audio.Room.Used + audio.JobRoom.Used).ShouldBe(0);
        ticket!.Dispose();
    }

    [Fact]
    public async Task Jobs_that_fill_their_room_hold_up_no_caller()
    {
        var audio = server.Edge.App.Services.GetRequiredService<AudioReader>();
        Hold();
        await audio.JobRoom.TakeAsync(7200, default);
        using var job = await SubmitAsync("later");
        await Until.TrueAsync(() => audio.JobRoom.Waiting == 1);
        server.Engine.OnChunk = null;

        using var answered = await server.TranscribeAsync("now");

        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        audio.JobRoom.Give(7200);
        var id = await IdAsync(job);
        await Until.TrueAsync(async () => await StatusAsync(id) == "completed");
    }

    [Fact]
    public async Task A_job_that_cannot_be_written_down_keeps_no_file()
    {
        DropTable();
        using var refused = await SubmitAsync("a");

        refused.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        server.Edge.App.Services.GetRequiredService<FileMemory>().Used.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_whose_end_cannot_be_written_down_has_failed_and_says_so(bool heard)
    {
        Hold();
        using var response = await SubmitAsync("a");
        var id = await IdAsync(response);
        await Until.TrueAsync(() => server.Engine.Open == 1);
        DropTable();
        if (!heard) server.Engine.Result = _ => throw new InvalidOperationException();
        Release();

        await Until.TrueAsync(async () => await StatusAsync(id) == "failed");
    }

    [Fact]
    public async Task A_job_that_a_stop_interrupts_is_lost_and_not_failed_by_its_model()
    {
        var home = Directory.CreateTempSubdirectory("polargrid-jobs-").FullName;
        try
        {
            string lost, key;
            await using (var before = await TranscriptionServer.StartAsync(options => options.DataFolder = home))
            {
                key = before.Edge.Key;
                using var chunk = new SemaphoreSlim(0);
                before.Engine.OnChunk = () => chunk.Wait(TimeSpan.FromMilliseconds(20));
                using var job = await before.TranscribeAsync(string.Join('|', Enumerable.Repeat("lost", 40)), ("async", "true"));
                lost = (await job.JsonAsync()).GetProperty("poll_url").GetString()!;
                await Until.TrueAsync(() => before.Engine.Open == 1);
                await before.StopAsync();
            }

            await using var after = await TranscriptionServer.StartAsync(options => options.DataFolder = home);
            after.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var gone = await after.Client.GetAsync(lost);

            (await gone.JsonAsync()).GetProperty("error").GetProperty("code").GetString().ShouldBe("job_lost");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task After_a_restart_results_are_there_and_what_was_not_finished_says_so()
    {
        var home = Directory.CreateTempSubdirectory("polargrid-jobs-").FullName;
        try
        {
            string done, lost;
            string key;
            using (var go = new SemaphoreSlim(0))
            {
                await using var before = await TranscriptionServer.StartAsync(options => options.DataFolder = home);
                key = before.Edge.Key;
                using var first = await before.TranscribeAsync("kept", ("async", "true"));
                done = (await first.JsonAsync()).GetProperty("poll_url").GetString()!;
                await Until.TrueAsync(async () => await StatusOfAsync(before.Client, done) == "completed");

                // Slow, and never done before the server stops, which ends it at the next chunk.
                before.Engine.OnChunk = () => go.Wait(TimeSpan.FromMilliseconds(100)).ShouldBeFalse();
                using var second = await before.TranscribeAsync(string.Join(' ', Enumerable.Repeat("lost", 40)), ("async", "true"));
                lost = (await second.JsonAsync()).GetProperty("poll_url").GetString()!;
                await Until.TrueAsync(() => before.Engine.Open == 1);
            }

            await using var after = await TranscriptionServer.StartAsync(options => options.DataFolder = home);
            after.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var kept = await after.Client.GetAsync(done);
            using var gone = await after.Client.GetAsync(lost);

            (await kept.JsonAsync()).GetProperty("result").GetProperty("text").GetString().ShouldBe("kept");
            (await gone.JsonAsync()).GetProperty("status").GetString().ShouldBe("failed");
            (await gone.JsonAsync()).GetProperty("error").GetProperty("message").GetString()!.ShouldContain("restarted");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private void Hold() => server.Engine.OnChunk = () => hold.Wait(TimeSpan.FromSeconds(20));

    private void Release()
    {
        server.Engine.OnChunk = null;
        hold.Release(100);
    }

    private Task<HttpResponseMessage> SubmitAsync(string text, string format = "json") => server.TranscribeAsync(text, ("async", "true"), ("response_format", format));

    private static async Task<string> IdAsync(HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("job_id").GetString()!;

    private async Task<JsonElement> PollAsync(string id)
    {
        using var response = await server.Client.GetAsync($"/v1/audio/transcriptions?job_id={id}");
        return await response.JsonAsync();
    }

    private async Task<string?> StatusAsync(string id) => (await PollAsync(id)).GetProperty("status").GetString();

    private static async Task<string?> StatusOfAsync(HttpClient client, string url)
    {
        using var response = await client.GetAsync(url);
        return (await response.JsonAsync()).GetProperty("status").GetString();
    }

    private long Rows() => (long)Query("SELECT count(*) FROM transcription_jobs")!;

    private void DropTable() => Query("DROP TABLE transcription_jobs");

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Edge.DataFolder, "polargrid.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
