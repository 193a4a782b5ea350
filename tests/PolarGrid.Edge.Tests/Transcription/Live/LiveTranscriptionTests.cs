using System.Net.WebSockets;
using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Live;

/// <summary>What a session hears, and whom it leaves the engine to.</summary>
public sealed class LiveTranscriptionTests : LiveTests
{
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
        Server.Engine.Open.ShouldBe(0);
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
        Server.Engine.Begun.ShouldBeEmpty();
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

        using var other = await Server.TranscribeAsync("other");
        (await other.JsonAsync()).GetProperty("text").GetString().ShouldBe("other");
        await client.DoneAsync();
        Texts(await client.RestAsync(), "done").ShouldBe(["one"]);
    }

    [Fact]
    public async Task Long_speech_is_cut_and_nothing_is_lost()
    {
        Server.Engine.Model = Server.Engine.Model with { Id = "short", MaxUtteranceSeconds = 4 };
        await using var pool = Server.Engine.Pool();
        Server.Speech.Register(Server.Engine.Model, pool);
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
        Server.Engine.Model = Server.Engine.Model with { Id = "whole", HearsAsItGoes = false };
        await using var pool = Server.Engine.Pool();
        Server.Speech.Register(Server.Engine.Model, pool);
        using var client = await OpenAsync("?model=whole");
        await SendAsync(client, "several words that take some time");
        await Until.TrueAsync(() => Server.Engine.Begun.Count > 1 && Server.Engine.Open == 0);
        await client.DoneAsync();
        var messages = await client.RestAsync();

        Texts(messages, "partial").ShouldNotBeEmpty();
        Texts(messages, "done").ShouldBe(["several words that take some time"]);
    }

    [Fact]
    public async Task A_client_that_stops_in_the_middle_of_a_word_gives_the_engine_back_and_may_go_on()
    {
        using var client = await OpenAsync();
        var bytes = Tones.Pcm(Tones.Say("hello"));
        var half = bytes.Length / 4 * 2;
        await client.SendAsync(bytes.AsMemory(0, half));
        await Until.TrueAsync(() => Server.Engine.Open == 1);
        var waited = TimeSpan.Zero;
        await Until.TrueAsync(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(0.1));
            waited += TimeSpan.FromSeconds(0.1);
            return Server.Engine.Open == 0;
        });

        waited.ShouldBeLessThan(TimeSpan.FromSeconds(100));
        using var other = await Server.TranscribeAsync("other");
        (await other.JsonAsync()).GetProperty("text").GetString().ShouldBe("other");
        await client.SendAsync(bytes.AsMemory(half));
        await client.DoneAsync();
        Texts(await client.RestAsync(), "final").Count.ShouldBe(2);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Where_there_are_two_engines_speakers_leave_one_to_others()
    {
        await using var two = await TranscriptionServer.StartAsync(time: Time, engines: 2);
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
    public async Task Seconds_of_a_session_are_counted()
    {
        using var client = await OpenAsync();
        await client.SendAsync(new byte[64_000]);
        await client.DoneAsync();
        await client.RestAsync();

        await Until.TrueAsync(async () => (await Server.Client.GetStringAsync("/metrics")).Contains("polargrid_transcription_seconds_total{model=\"tones\"} 2\n"));
    }
}
