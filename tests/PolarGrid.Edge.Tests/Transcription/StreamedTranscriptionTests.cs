using System.Net;
using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription;

public sealed class StreamedTranscriptionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private TranscriptionServer server = null!;

    public async Task InitializeAsync() => server = await TranscriptionServer.StartAsync(time: time);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Deltas_join_to_the_final_text()
    {
        using var response = await server.TranscribeAsync("good morning|every one|bye", ("stream", "true"));

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var stream = await response.Content.ReadAsStringAsync();
        stream.ShouldBe(
            """
            data: {"type":"transcript.text.delta","delta":"good morning"}

            data: {"type":"transcript.text.delta","delta":" every one"}

            data: {"type":"transcript.text.delta","delta":" bye"}

            data: {"type":"transcript.text.done","text":"good morning every one bye","usage":{"type":"duration","seconds":5.18}}

            data: [DONE]


            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Silence_streams_an_empty_text()
    {
        using var response = await server.SendAsync(PolarGrid.Testing.Speech.Tones.Wav(new float[16_000]), ("stream", "true"));
        var events = await response.EventsAsync();

        events.Count.ShouldBe(2);
        JsonDocument.Parse(events[0]).RootElement.GetProperty("text").GetString().ShouldBe("");
    }

    [Fact]
    public async Task A_delta_comes_while_the_next_stretch_is_heard()
    {
        using var second = new SemaphoreSlim(0);
        server.Engine.OnChunk = () =>
        {
            if (server.Engine.Finished == 1) second.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        };
        using var response = await server.TranscribeAsync("first|second", ("stream", "true"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        (await reader.ReadLineAsync()).ShouldBe("""data: {"type":"transcript.text.delta","delta":"first"}""");
        server.Engine.OnChunk = null;
        second.Release(100);
        (await reader.ReadToEndAsync()).ShouldEndWith("data: [DONE]\n\n");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_keeps_its_status()
    {
        using var response = await server.SendAsync("nothing"u8.ToArray(), ("stream", "true"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe("invalid_audio");
    }

    [Fact]
    public async Task A_failure_after_the_first_delta_is_an_event_and_nothing_follows()
    {
        server.Engine.Result = piece => server.Engine.Finished < 2 ? piece : TranscribedPiece.Failed(new SpeechError(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "x"));
        using var response = await server.TranscribeAsync("first|second", ("stream", "true"));
        var events = await response.EventsAsync();

        events.Count.ShouldBe(2);
        JsonDocument.Parse(events[1]).RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe("speech_engine_failed");
    }

    [Fact]
    public async Task A_recogniser_that_throws_after_the_first_delta_ends_the_stream_with_an_event()
    {
        server.Engine.OnChunk = () =>
        {
            if (server.Engine.Finished == 1) throw new InvalidOperationException("secret");
        };
        using var response = await server.TranscribeAsync("first|second", ("stream", "true"));
        var events = await response.EventsAsync();

        events.Count.ShouldBe(2);
        JsonDocument.Parse(events[1]).RootElement.GetProperty("error").GetProperty("type").GetString().ShouldBe("server_error");
        events[1].ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_long_silence_sends_headers_and_comments()
    {
        using var hold = new SemaphoreSlim(0);
        server.Engine.OnChunk = () => hold.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        var asking = server.TranscribeAsync("late", ("stream", "true"));
        await Until.TrueAsync(() => server.Engine.Open == 1);
        asking.IsCompleted.ShouldBeFalse();

        time.Advance(TimeSpan.FromSeconds(11));
        using var response = await asking;
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Engine.OnChunk = null;
        hold.Release(100);
        var stream = await response.Content.ReadAsStringAsync();

        stream.ShouldStartWith(": keep-alive\n\n");
        stream.ShouldEndWith("data: [DONE]\n\n");
    }
}
