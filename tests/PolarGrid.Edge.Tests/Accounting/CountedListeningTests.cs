using System.Globalization;
using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Tests.Transcription;
using PolarGrid.Edge.Tests.Transcription.Live;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Accounting;

/// <summary>What recordings leave in the ledger, over HTTP and WebSocket.</summary>
public sealed class CountedListeningTests : IAsyncLifetime
{
    private static readonly int Milliseconds = Tones.Say("good morning").Length * 1000 / 16_000;

    private TranscriptionServer server = null!;

    public async Task InitializeAsync() => server = await TranscriptionServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("response_format", "text")]
    [InlineData("stream", "true")]
    public async Task A_recording_counts_its_seconds(string field, string value)
    {
        using (var answer = await server.TranscribeAsync("good morning", (field, value))) await answer.Content.ReadAsStringAsync();

        (await RecordAsync()).ShouldBe(Heard("transcription", "200|answered"));
    }

    [Fact]
    public async Task A_job_is_one_record_when_it_ends()
    {
        using var answer = await server.TranscribeAsync("good morning", ("async", "true"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await answer.JsonAsync()).GetProperty("job_id").GetString();

        (await RecordAsync()).ShouldBe(Heard("transcription", "200|answered"));
        new UsageTables(server.Edge).Query("SELECT request_id FROM usage_records").ShouldBe([id!]);
    }

    [Fact]
    public async Task A_job_that_fails_is_counted_as_failed()
    {
        server.Engine.Result = _ => throw new InvalidOperationException();

        using var answer = await server.TranscribeAsync("good morning", ("async", "true"));

        // From the file's beginning to the end of the stretch that the engine was given: silence of more than the margin behind it is cut off.
        var record = await RecordAsync();
        record.ShouldStartWith("transcription|tones|500|failed|");
        var heard = int.Parse(record[(record.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        heard.ShouldBeInRange(Milliseconds - 400, Milliseconds - 1);
    }

    [Fact]
    public async Task A_job_whose_result_cannot_be_stored_is_counted_as_failed()
    {
        using var hold = new SemaphoreSlim(0);
        server.Engine.OnChunk = () => hold.Wait(Until.Patience);
        using var answer = await server.TranscribeAsync("good morning", ("async", "true"));
        await Until.TrueAsync(() => server.Engine.Open == 1);
        new UsageTables(server.Edge).Execute("DROP TABLE transcription_jobs");
        server.Engine.OnChunk = null;
        hold.Release();

        (await RecordAsync()).ShouldBe(Heard("transcription", "500|failed"));
    }

    [Fact]
    public async Task An_engine_that_breaks_within_a_stretch_counts_what_it_was_given()
    {
        var chunks = 0;
        server.Engine.OnChunk = () => _ = Interlocked.Increment(ref chunks) == 3 ? throw new InvalidOperationException() : 0;

        using (var answer = await server.TranscribeAsync("good morning every one")) answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        // Two whole chunks of 200 ms behind the silence that the file begins with, and the one that broke.
        var record = await RecordAsync();
        record.ShouldStartWith("transcription|tones|500|failed|");
        int.Parse(record[(record.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture).ShouldBeInRange(600, 1000);
    }

    [Fact]
    public async Task A_job_that_still_waits_at_a_stop_is_counted()
    {
        await using var busy = await TranscriptionServer.StartAsync(options => options.Transcription.MaxRunningJobs = 1);
        busy.Engine.OnChunk = () => Thread.Sleep(1);
        using var first = await busy.TranscribeAsync(string.Concat(Enumerable.Repeat("good morning|", 20)), ("async", "true"));
        await Until.TrueAsync(() => busy.Engine.Open == 1);
        using var second = await busy.TranscribeAsync("good morning", ("async", "true"));
        var id = (await second.JsonAsync()).GetProperty("job_id").GetString();
        var tables = new UsageTables(busy.Edge);

        await busy.StopAsync();
        await busy.Edge.App.DisposeAsync();

        tables.Records().Count.ShouldBe(2);
        tables.Query($"SELECT {UsageTables.Columns} FROM usage_records WHERE request_id = '{id}'").ShouldBe(
            ["transcription|tones|500|failed|prompt 0|cached 0|completion 0|reasoning 0|characters 0|spoken 0|heard 0"]);
    }

    [Fact]
    public async Task A_job_that_a_crash_left_is_counted_once_at_the_next_start()
    {
        var home = Directory.CreateTempSubdirectory("polargrid-jobs-").FullName;
        try
        {
            await using (await TranscriptionServer.StartAsync(options => options.DataFolder = home))
            {
            }

            var tables = new UsageTables(home);
            tables.Execute("INSERT INTO transcription_jobs (id, key_id, model, format, created, status) VALUES ('job_a', 'key_a', 'tones', 'json', 1, 'processing')");
            for (var start = 0; start < 2; start++)
            {
                await using (await TranscriptionServer.StartAsync(options => options.DataFolder = home))
                {
                }

                tables.Query("SELECT request_id || '|' || key_id || '|' || outcome FROM usage_records").ShouldBe(["job_a|key_a|failed"]);
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task A_job_that_a_stop_interrupts_is_counted_with_what_was_heard()
    {
        using var hold = new SemaphoreSlim(0);
        var stretches = 0;
        server.Engine.Result = piece =>
        {
            if (Interlocked.Increment(ref stretches) == 2) hold.Wait(Until.Patience);
            return piece;
        };
        using var answer = await server.TranscribeAsync("good morning|every one", ("async", "true"));
        await Until.TrueAsync(() => Volatile.Read(ref stretches) == 2);

        var tables = new UsageTables(server.Edge);
        var stopping = server.Edge.App.StopAsync();
        hold.Release();
        await stopping;
        await server.Edge.App.DisposeAsync();

        var record = tables.Records().ShouldHaveSingleItem();
        record.ShouldStartWith("transcription|tones|");
        record.ShouldNotEndWith("|heard 0");
    }

    [Fact]
    public async Task A_live_session_is_one_request_with_the_seconds_that_came()
    {
        using (var client = await LiveClient.OpenAsync(server.Edge, "?model=tones"))
        {
            await client.SendAsync(Tones.Pcm(Tones.Say("good morning")));
            await client.DoneAsync();
            await client.RestAsync();
        }

        (await RecordAsync()).ShouldBe(Heard("live_transcription", "101|answered"));
    }

    [Fact]
    public async Task A_live_session_that_is_left_counts_too()
    {
        using (var client = await LiveClient.OpenAsync(server.Edge, "?model=tones"))
        {
            await client.SendAsync(Tones.Pcm(Tones.Say("good morning")));
            await client.NextAsync();
            await client.NextAsync();
            client.Abort();
        }

        var record = await RecordAsync();
        record.ShouldStartWith("live_transcription|tones|101|cancelled|");
        record.ShouldNotEndWith("|heard 0");
    }

    [Fact]
    public async Task A_live_session_that_was_told_an_error_has_failed()
    {
        using (var client = await LiveClient.OpenAsync(server.Edge, "?model=tones"))
        {
            await client.SendAsync("what?");
            await client.RestAsync();
        }

        (await RecordAsync()).ShouldStartWith("live_transcription|tones|101|failed|");
    }

    [Fact]
    public async Task A_file_that_is_no_audio_counts_as_a_failed_request()
    {
        using (var answer = await server.SendAsync("this is no audio"u8.ToArray())) answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await RecordAsync()).ShouldBe("transcription|tones|400|failed|prompt 0|cached 0|completion 0|reasoning 0|characters 0|spoken 0|heard 0");
    }

    private async Task<string> RecordAsync() => (await new UsageTables(server.Edge).RecordsAsync(1)).ShouldHaveSingleItem();

    private static string Heard(string kind, string end) =>
        $"{kind}|tones|{end}|prompt 0|cached 0|completion 0|reasoning 0|characters 0|spoken 0|heard {Milliseconds}";
}
