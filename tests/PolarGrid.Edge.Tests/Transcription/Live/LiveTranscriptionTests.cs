using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Tests.Observability;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Live;

public sealed class LiveTranscriptionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private readonly CapturedLogs logs = new();
    private TranscriptionServer server = null!;

    public async Task InitializeAsync() => server = await TranscriptionServer.StartAsync(options => options.Transcription.MaxLiveSessions = 2, time, logs);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData(16_000)]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public async Task Partials_grow_into_finals_and_the_end_has_all(int rate)
    {
        using var client = await OpenAsync($"?model=whisper-1&sample_rate={rate}");
        await SendAsync(client, "good morning|every one", rate, 0.1);
        await client.DoneAsync();
        var messages = await client.RestAsync();

        messages[0].GetProperty("type").GetString().ShouldBe("session.started");
        messages[0].GetProperty("model").GetString().ShouldBe("tones");
        messages[0].GetProperty("limit_seconds").GetDouble().ShouldBe(120);
        Texts(messages, "final").ShouldBe(["good morning", "every one"]);
        var partials = messages.Where(message => TypeOf(message) == "transcript.text.partial" && message.GetProperty("segment_id").GetInt32() == 0)
            .Select(message => message.GetProperty("text").GetString()!).ToList();
        partials.Count.ShouldBeGreaterThan(3);
        partials.ShouldAllBe(text => "good morning".StartsWith(text, StringComparison.Ordinal));
        var done = messages[^1];
        TypeOf(done).ShouldBe("transcript.text.done");
        done.GetProperty("text").GetString().ShouldBe("good morning every one");
        done.GetProperty("usage").GetProperty("seconds").GetDouble().ShouldBe(4.1, 0.3);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        server.Engine.Open.ShouldBe(0);
    }

    [Fact]
    public async Task A_final_has_times_of_the_session_and_words()
    {
        using var client = await OpenAsync();
        await SendAsync(client, "ab cd|ef");
        await client.DoneAsync();
        var finals = (await client.RestAsync()).Where(message => TypeOf(message) == "transcript.text.final").ToList();

        finals.Select(final => final.GetProperty("segment_id").GetInt32()).ShouldBe([0, 1]);
        finals[1].GetProperty("start").GetDouble().ShouldBe(1.82, 0.011);
        finals[0].GetProperty("words").EnumerateArray().Select(word => word.GetProperty("word").GetString()).ShouldBe(["ab", "cd"]);
    }

    [Fact]
    public async Task Messages_may_be_cut_inside_a_sample()
    {
        using var client = await OpenAsync();
        var bytes = Tones.Pcm(Tones.Say("odd"));
        for (var at = 0; at < bytes.Length; at += 333) await client.SendAsync(bytes.AsMemory(at, Math.Min(333, bytes.Length - at)));
        await client.DoneAsync();

        Texts(await client.RestAsync(), "done").ShouldBe(["odd"]);
    }

    [Fact]
    public async Task Silence_ends_with_an_empty_text_and_holds_no_engine()
    {
        using var client = await OpenAsync();
        await client.SendAsync(new byte[64_000]);
        await client.DoneAsync();

        Texts(await client.RestAsync(), "done").ShouldBe([""]);
        server.Engine.Begun.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_silent_session_leaves_the_engine_to_others()
    {
        using var client = await OpenAsync();
        await client.NextAsync();
        await SendAsync(client, "one|");
        while (TypeOf((await client.NextAsync())!.Value) != "transcript.text.final")
        {
        }

        using var other = await server.TranscribeAsync("other");
        (await other.JsonAsync()).GetProperty("text").GetString().ShouldBe("other");
        await client.DoneAsync();
        Texts(await client.RestAsync(), "done").ShouldBe(["one"]);
    }

    [Fact]
    public async Task Long_speech_is_cut_and_nothing_is_lost()
    {
        server.Engine.Model = server.Engine.Model with { Id = "short", MaxUtteranceSeconds = 4 };
        await using var pool = server.Engine.Pool();
        server.Speech.Register(server.Engine.Model, pool);
        var text = string.Join(' ', Enumerable.Range(0, 20).Select(index => new string((char)('a' + index), 4)));
        using var client = await OpenAsync("?model=short");
        await SendAsync(client, text);
        await client.DoneAsync();
        var messages = await client.RestAsync();

        Texts(messages, "done").ShouldBe([text]);
        Texts(messages, "final").Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_model_that_hears_as_a_whole_looks_now_and_then_and_holds_no_engine_between()
    {
        server.Engine.Model = server.Engine.Model with { Id = "whole", HearsAsItGoes = false };
        await using var pool = server.Engine.Pool();
        server.Speech.Register(server.Engine.Model, pool);
        using var client = await OpenAsync("?model=whole");
        await SendAsync(client, "several words that take some time");
        await Until.TrueAsync(() => server.Engine.Begun.Count > 1 && server.Engine.Open == 0);
        await client.DoneAsync();
        var messages = await client.RestAsync();

        Texts(messages, "partial").ShouldNotBeEmpty();
        Texts(messages, "done").ShouldBe(["several words that take some time"]);
    }

    [Fact]
    public async Task The_session_limit_by_audio_answers_what_was_heard_and_closes_with_1008()
    {
        await using var brief = await TranscriptionServer.StartAsync(options => options.Transcription.MaxLiveSeconds = 1.5);
        using var client = await LiveClient.OpenAsync(brief.Edge, "?model=tones");
        await client.SendAsync(Tones.Pcm(Tones.Say("hello")));
        await client.SendAsync(new byte[32_000]);
        var messages = await client.RestAsync();

        Texts(messages, "done").ShouldBe(["hello"]);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        client.CloseReason.ShouldBe("the session limit is reached");
    }

    [Fact]
    public async Task The_session_limit_by_the_clock_ends_it_too()
    {
        using var client = await OpenAsync();
        await client.NextAsync();
        await SendAsync(client, "hello|");
        while (TypeOf((await client.NextAsync())!.Value) != "transcript.text.final")
        {
        }

        time.Advance(TimeSpan.FromSeconds(121));

        Texts(await client.RestAsync(), "done").ShouldBe(["hello"]);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_client_that_stops_in_the_middle_of_a_word_gives_the_engine_back_and_may_go_on()
    {
        using var client = await OpenAsync();
        var bytes = Tones.Pcm(Tones.Say("hello"));
        var half = bytes.Length / 4 * 2;
        await client.SendAsync(bytes.AsMemory(0, half));
        await Until.TrueAsync(() => server.Engine.Open == 1);
        var waited = TimeSpan.Zero;
        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(0.1));
            waited += TimeSpan.FromSeconds(0.1);
            return server.Engine.Open == 0;
        });

        waited.ShouldBeLessThan(TimeSpan.FromSeconds(100));
        using var other = await server.TranscribeAsync("other");
        (await other.JsonAsync()).GetProperty("text").GetString().ShouldBe("other");
        await client.SendAsync(bytes.AsMemory(half));
        await client.DoneAsync();
        Texts(await client.RestAsync(), "final").Count.ShouldBe(2);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Where_there_are_two_engines_speakers_leave_one_to_others()
    {
        await using var two = await TranscriptionServer.StartAsync(time: time, engines: 2);
        var bytes = Tones.Pcm(Tones.Say("hello"));
        using var first = await LiveClient.OpenAsync(two.Edge, "?model=tones");
        using var second = await LiveClient.OpenAsync(two.Edge, "?model=tones");
        await first.SendAsync(bytes.AsMemory(0, bytes.Length / 4 * 2));
        await Until.TrueAsync(() => two.Engine.Open == 1);
        await second.SendAsync(bytes);
        await second.DoneAsync();

        using var other = await two.TranscribeAsync("other");

        (await other.JsonAsync()).GetProperty("text").GetString().ShouldBe("other");
        await first.DoneAsync();
        await first.RestAsync();
        Texts(await second.RestAsync(), "done").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task The_clock_ends_a_session_that_waits_for_an_engine()
    {
        server.Speech.Transcribers[0].Engines.TryEnter(out var ticket).ShouldBeNull();
        using (ticket)
        using (await ticket!.RentAsync(default))
        {
            using var client = await OpenAsync();
            await SendAsync(client, "hello|");
            var rest = client.RestAsync();
            await Until.TrueAsync(() =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return rest.IsCompleted;
            });

            Texts(await rest, "done").ShouldBe([""]);
            client.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        }
    }

    [Fact]
    public async Task An_engine_is_free_before_the_client_answers_the_closing_frame()
    {
        using var client = await OpenAsync();
        var bytes = Tones.Pcm(Tones.Say("hello"));
        await client.SendAsync(bytes.AsMemory(0, bytes.Length / 4 * 2));
        await Until.TrueAsync(() => server.Engine.Open == 1);
        await client.SendAsync("nonsense");

        await Until.TrueAsync(() => server.Engine.Open == 0);
    }

    [Theory]
    [InlineData("nonsense", "close_1003")]
    [InlineData(null, "close_1009")]
    public async Task A_session_that_ends_badly_is_counted_as_an_error(string? text, string code)
    {
        using var client = await OpenAsync();
        if (text is null) await client.SendAsync(new byte[300_000]);
        else await client.SendAsync(text);
        await client.RestAsync();

        await Until.TrueAsync(async () => (await server.Client.GetStringAsync("/metrics")).Contains($"_errors_total{{code=\"{code}\"}} 1\n"));
    }

    [Fact]
    public async Task A_session_may_be_opened_over_http_2()
    {
        await using var edge = await EdgeServer.StartAsync(configuration: ("Kestrel:EndpointDefaults:Protocols", "Http2"));
        var engine = new ScriptedTranscriber();
        await using var pool = engine.Pool();
        edge.App.Services.GetRequiredService<ISpeechDirectory>().Register(engine.Model, pool);
        using var client = await LiveClient.OpenOverHttp2Async(edge, "?model=tones");
        await SendAsync(client, "hello");
        await client.DoneAsync();

        Texts(await client.RestAsync(), "done").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task A_wrong_key_opens_no_session_over_http_2()
    {
        await using var edge = await EdgeServer.StartAsync(configuration: ("Kestrel:EndpointDefaults:Protocols", "Http2"));

        var refused = await Should.ThrowAsync<WebSocketException>(LiveClient.OpenOverHttp2Async(edge, "?model=tones", "pg_this_key_is_unknown_here"));

        refused.Message.ShouldContain("401");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{\"type\":\"other\"}")]
    [InlineData("[1]")]
    [InlineData("{\"type\":")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public async Task An_unknown_message_closes_with_1003(string text)
    {
        using var client = await OpenAsync();
        await client.SendAsync(text);
        var messages = await client.RestAsync();

        TypeOf(messages[^1]).ShouldBe("error");
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.InvalidMessageType);
    }

    [Fact]
    public async Task Half_a_sample_at_the_end_closes_with_1007()
    {
        using var client = await OpenAsync();
        await client.SendAsync(new byte[3]);
        await client.DoneAsync();
        await client.RestAsync();

        client.CloseStatus.ShouldBe(WebSocketCloseStatus.InvalidPayloadData);
    }

    [Fact]
    public async Task A_message_that_is_too_big_closes_with_1009()
    {
        using var client = await OpenAsync();
        await client.SendAsync(new byte[300_000]);
        await client.RestAsync();

        client.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_recogniser_that_fails_or_throws_closes_with_1011_and_frees_everything()
    {
        server.Engine.Result = _ => TranscribedPiece.Failed(new SpeechError(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "secret"));
        using var failing = await OpenAsync();
        await SendAsync(failing, "a");
        await failing.DoneAsync();
        var failed = await failing.RestAsync();
        server.Engine.OnChunk = () => throw new InvalidOperationException("secret");
        using var throwing = await OpenAsync();
        await SendAsync(throwing, "a");
        var thrown = await throwing.RestAsync();
        server.Engine.OnChunk = null;
        server.Engine.Result = piece => piece;

        failing.CloseStatus.ShouldBe(WebSocketCloseStatus.InternalServerError);
        throwing.CloseStatus.ShouldBe(WebSocketCloseStatus.InternalServerError);
        failed.Concat(thrown).ShouldAllBe(message => !message.GetRawText().Contains("secret"));
        await Until.TrueAsync(() => server.Engine.Open == 0 && server.Speech.Transcribers[0].Engines.Requests == 0);
        using var next = await server.TranscribeAsync("next");
        (await next.JsonAsync()).GetProperty("text").GetString().ShouldBe("next");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_leaves_frees_the_engine(bool politely)
    {
        using var chunks = new SemaphoreSlim(0);
        server.Engine.OnChunk = () => chunks.Release();
        using var client = await OpenAsync();
        await SendAsync(client, "a long text of words");
        (await chunks.WaitAsync(Until.Patience)).ShouldBeTrue();

        if (politely) await client.LeaveAsync();
        else client.Abort();

        await Until.TrueAsync(() => server.Engine.Open == 0 && server.Speech.Transcribers[0].Engines.Requests == 0);
        server.Engine.Finished.ShouldBe(0);
    }

    [Fact]
    public async Task Sessions_are_bounded_and_a_place_is_free_again_afterwards()
    {
        var first = await OpenAsync();
        using var second = await OpenAsync();
        (await StatusOfRefusalAsync("?model=tones")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        await first.DoneAsync();
        await first.RestAsync();
        first.Dispose();

        await Until.TrueAsync(async () =>
        {
            try
            {
                using var third = await OpenAsync();
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?model=nobody", 404)]
    [InlineData("?model=tones&sample_rate=7999", 400)]
    [InlineData("?model=tones&sample_rate=fast", 400)]
    [InlineData("?model=tones&language=de", 400)]
    [InlineData("?model=test-model", 400)]
    public async Task What_is_wrong_is_said_before_the_upgrade(string query, int status) =>
        ((int)(await StatusOfRefusalAsync(query))!).ShouldBe(status);

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        using var response = await server.Client.GetAsync("/v1/audio/transcriptions/live?model=tones");

        response.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        response.Headers.Upgrade.Single().Name.ShouldBe("websocket");
        response.Headers.Connection.ShouldContain("Upgrade");
    }

    [Fact]
    public async Task A_browser_sends_the_key_as_a_subprotocol_and_it_is_in_no_log()
    {
        using var client = await LiveClient.OpenAsync(server.Edge, "?model=tones", null, "polargrid", "polargrid-key." + server.Edge.Key);
        await client.DoneAsync();
        await client.RestAsync();

        client.Subprotocol.ShouldBe("polargrid");
        string.Join("\n", logs.Lines).ShouldNotContain(server.Edge.Key);
    }

    [Fact]
    public async Task A_wrong_key_is_401_either_way_and_a_key_alone_is_never_echoed()
    {
        (await StatusOfRefusalAsync("?model=tones", "pg_0123456789012345678901234567890123456789012")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusOfRefusalAsync("?model=tones", null, "polargrid", "polargrid-key.pg_01234567890123456789")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusOfRefusalAsync("?model=tones", null, "polargrid-key." + server.Edge.Key)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Seconds_of_a_session_are_counted()
    {
        using var client = await OpenAsync();
        await client.SendAsync(new byte[64_000]);
        await client.DoneAsync();
        await client.RestAsync();

        await Until.TrueAsync(async () => (await server.Client.GetStringAsync("/metrics")).Contains("polargrid_transcription_seconds_total{model=\"tones\"} 2\n"));
    }

    private Task<LiveClient> OpenAsync(string query = "?model=tones") => LiveClient.OpenAsync(server.Edge, query);

    private static async Task SendAsync(LiveClient client, string text, int rate = 16_000, double seconds = 0.2)
    {
        var bytes = Tones.Pcm(Tones.Say(text, rate));
        var step = 2 * (int)(rate * seconds);
        for (var at = 0; at < bytes.Length; at += step) await client.SendAsync(bytes.AsMemory(at, Math.Min(step, bytes.Length - at)));
    }

    private async Task<HttpStatusCode?> StatusOfRefusalAsync(string query, string? key = null, params string[] subprotocols)
    {
        var refused = await Should.ThrowAsync<WebSocketException>(async () => (await LiveClient.OpenAsync(server.Edge, query, key, subprotocols)).Dispose());
        return (refused.InnerException as HttpRequestException)?.StatusCode ?? StatusIn(refused.Message);
    }

    /// <summary>The client tells the status in its message only.</summary>
    private static HttpStatusCode? StatusIn(string message) =>
        Enumerable.Range(400, 200).Where(status => message.Contains($"'{status}'")).Select(status => (HttpStatusCode?)status).FirstOrDefault();

    private static string TypeOf(JsonElement message) => message.GetProperty("type").GetString()!;

    private static List<string?> Texts(IEnumerable<JsonElement> messages, string kind) =>
        [.. messages.Where(message => TypeOf(message) == "transcript.text." + kind).Select(message => message.GetProperty("text").GetString())];
}
