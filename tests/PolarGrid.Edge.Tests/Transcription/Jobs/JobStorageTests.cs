using System.Net;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Tests.Accounting;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Transcription.Forms;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Jobs;

/// <summary>What is written down of a job, and what a restart leaves of it.</summary>
public sealed class JobStorageTests : JobTests
{
    [Fact]
    public async Task A_finished_job_is_removed_after_its_time_also_from_the_disk()
    {
        using var response = await SubmitAsync("short lived");
        var id = await IdAsync(response);
        await Until.TrueAsync(async () => await StatusAsync(id) == "completed");

        Time.Advance(TimeSpan.FromSeconds(59));
        (await StatusAsync(id)).ShouldBe("completed");
        Time.Advance(TimeSpan.FromSeconds(40));
        using var gone = await Server.Client.GetAsync($"/v1/audio/transcriptions?job_id={id}");

        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Rows().ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_cannot_be_written_down_keeps_no_file()
    {
        DropTable();
        using var refused = await SubmitAsync("a");

        refused.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        Server.Edge.App.Services.GetRequiredService<FileMemory>().Used.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_whose_end_cannot_be_written_down_has_failed_and_says_so(bool heard)
    {
        Hold();
        using var response = await SubmitAsync("a");
        var id = await IdAsync(response);
        await Until.TrueAsync(() => Server.Engine.Open == 1);
        DropTable();
        if (!heard) Server.Engine.Result = _ => throw new InvalidOperationException();
        Release();

        await Until.TrueAsync(async () => await StatusAsync(id) == "failed");
    }

    [Fact]
    public async Task A_locked_database_refuses_jobs_soon_and_the_next_ones_at_once()
    {
        using (Lock())
        {
            using var first = await SubmitAsync("a");
            using var second = await SubmitAsync("b");

            foreach (var refused in (HttpResponseMessage[])[first, second])
            {
                refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
                (await refused.JsonAsync()).GetProperty("error").GetProperty("code").GetString().ShouldBe("storage_busy");
            }
        }

        Server.Edge.App.Services.GetRequiredService<FileMemory>().Used.ShouldBe(0);
        Time.Advance(TimeSpan.FromSeconds(1));
        using var taken = await SubmitAsync("c");
        taken.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_job_that_ends_while_the_database_is_locked_is_written_down_afterwards()
    {
        Hold();
        using var response = await SubmitAsync("heard");
        var id = await IdAsync(response);
        await Until.TrueAsync(() => Server.Engine.Open == 1);

        using (Lock())
        {
            Release();
            await Until.TrueAsync(() => Time.ActiveTimers > 1);
            (await StatusAsync(id)).ShouldBe("processing");
        }

        Time.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(async () => await StatusAsync(id) == "completed");
        (await PollAsync(id)).GetProperty("result").GetProperty("text").GetString().ShouldBe("heard");
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

    private static async Task<string?> StatusOfAsync(HttpClient client, string url)
    {
        using var response = await client.GetAsync(url);
        return (await response.JsonAsync()).GetProperty("status").GetString();
    }

    private long Rows() => (long)Query("SELECT count(*) FROM transcription_jobs")!;

    private void DropTable() => Query("DROP TABLE transcription_jobs");

    private IDisposable Lock() => new UsageTables(Server.Edge).Lock();

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Server.Edge.DataFolder, "polargrid.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
