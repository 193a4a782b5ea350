using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Tests.Transcription;
using PolarGrid.Edge.Tests.Transcription.Live;
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

        (await RecordAsync()).ShouldMatch(@"^transcription\|tones\|50\d\|failed\|");
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
    public async Task A_file_that_is_no_audio_counts_as_a_failed_request()
    {
        using (var answer = await server.SendAsync("this is no audio"u8.ToArray())) answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await RecordAsync()).ShouldBe("transcription|tones|400|failed|prompt 0|cached 0|completion 0|reasoning 0|characters 0|spoken 0|heard 0");
    }

    private async Task<string> RecordAsync() => (await new UsageTables(server.Edge).RecordsAsync(1)).ShouldHaveSingleItem();

    private static string Heard(string kind, string end) =>
        $"{kind}|tones|{end}|prompt 0|cached 0|completion 0|reasoning 0|characters 0|spoken 0|heard {Milliseconds}";
}
