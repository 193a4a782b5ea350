using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.Audio;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Speech;

/// <summary>A real server speaks with flite.</summary>
[Collection(ServerCollection.Name)]
public sealed class SpeechTests(ServerFixture fixture)
{
    [SpeechTheory]
    [InlineData("mp3")]
    [InlineData("opus")]
    [InlineData("flac")]
    [InlineData("wav")]
    [InlineData("pcm")]
    [InlineData("aac")]
    public async Task Every_format_decodes_again_whole_and_streamed(string format)
    {
        if (format == "aac" && AudioLibraries.FfmpegPath is null)
        {
            var (status, body) = await fixture.Api.PostAsync("/v1/audio/speech", Spoken.Request(Spoken.Fox, format: format));
            status.ShouldBe(HttpStatusCode.BadRequest);
            ((string?)body["error"]!["param"]).ShouldBe("response_format");
            return;
        }

        var reference = Spoken.Hear(await fixture.Api.SpeakAsync(Spoken.Request(Spoken.Fox, format: "wav")), "wav");
        foreach (var stream in new[] { true, false })
        {
            var request = Spoken.Request(Spoken.Fox, format: format);
            request["stream"] = stream;
            var (seconds, samples) = Spoken.Hear(await fixture.Api.SpeakAsync(request), format);

            seconds.ShouldBe(reference.Seconds, 0.2, $"{format}, stream {stream}");
            if (!samples.IsEmpty) Spoken.Loudness(samples).ShouldBe(Spoken.Loudness(reference.Samples), 0.02);
        }

        reference.Seconds.ShouldBeInRange(2, 4);
        Spoken.Loudness(reference.Samples).ShouldBeGreaterThan(0.02);
    }

    [SpeechFact]
    public async Task Every_documented_voice_speaks_and_the_header_says_who_it_is()
    {
        var (_, text) = await fixture.Api.GetAsync("/v1/audio/voices?model=tts-1");
        var list = JsonNode.Parse(text)!;
        var installed = list["data"]!.AsArray().Select(voice => (string)voice!["id"]!).ToList();
        installed.Count.ShouldBeGreaterThan(1);

        foreach (var (name, expected) in installed.Select(id => (id, id)).Concat(list["aliases"]!.AsArray().Select(alias => ((string)alias!["id"]!, (string)alias["voice"]!))))
        {
            using var response = await fixture.Api.SendAsync("/v1/audio/speech", Spoken.Request("Hello.", name), HttpCompletionOption.ResponseContentRead);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, name);
            response.Headers.GetValues("x-polargrid-voice").ShouldBe([expected]);
            response.Headers.GetValues("x-polargrid-model").ShouldBe(["flite"]);
            installed.ShouldContain(expected);
        }
    }

    [SpeechFact]
    public async Task Speed_changes_the_length_as_it_says()
    {
        var normal = await SecondsAsync(1);

        (await SecondsAsync(0.5)).ShouldBe(normal * 2, normal * 0.2);
        (await SecondsAsync(2)).ShouldBe(normal / 2, normal * 0.1);
        (await SecondsAsync(0.25)).ShouldBeGreaterThan(normal * 3);
        (await SecondsAsync(4)).ShouldBeLessThan(normal / 3);

        async Task<double> SecondsAsync(double speed)
        {
            var request = Spoken.Request(Spoken.Fox, format: "wav");
            request["speed"] = speed;
            return Spoken.Hear(await fixture.Api.SpeakAsync(request), "wav").Seconds;
        }
    }

    [SpeechTheory]
    [InlineData("In 2024, on March 3rd at 5:30 p.m., Dr. Smith paid $1,250.75.", 4)]
    [InlineData("3.14159 and -40 °C, 15 % of 1/2, 007, 1,000,000 and +49 30 123456", 4)]
    [InlineData("Nice 👍🏽 work 👩‍👩‍👧!", 0.5)]
    [InlineData("One\u0000 two\u0007 three\u001b[31m four\r\n\r\nfive", 1)]
    [InlineData("Crème brûlée, Zürich, naïve, Ångström.", 1.5)]
    [InlineData("Hello", 0.3)]
    [InlineData("A", 0.1)]
    [InlineData("7", 0.1)]
    [InlineData("No full stop at the end of this one", 1)]
    [InlineData("<speak>Tags &amp; entities</speak> **bold** [link](https://example.org) `code`", 1)]
    [InlineData("\"Quoted,\" she said; (bracketed) — dashed…", 1)]
    public async Task What_people_write_is_spoken(string text, double atLeastSeconds)
    {
        var (seconds, samples) = Spoken.Hear(await fixture.Api.SpeakAsync(Spoken.Request(text, format: "wav")), "wav");

        seconds.ShouldBeInRange(atLeastSeconds, 30);
        Spoken.Loudness(samples).ShouldBeGreaterThan(0.005);
    }

    [SpeechTheory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("👍👍")]
    [InlineData("\u0001\u0002")]
    [InlineData("?!…")]
    [InlineData("Привет, мир!")]
    [InlineData("你好,世界")]
    public async Task What_nobody_can_speak_is_refused(string text)
    {
        var (status, body) = await fixture.Api.PostAsync("/v1/audio/speech", Spoken.Request(text));

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)body["error"]!["param"]).ShouldBe("input");
    }

    [SpeechFact]
    public async Task A_text_of_4096_characters_is_spoken_to_its_end_and_one_more_is_refused()
    {
        var sentence = "This sentence is one of many in a long text, and it has its own end. ";
        var text = string.Concat(Enumerable.Repeat(sentence, 60))[..4096];
        var one = Spoken.Hear(await fixture.Api.SpeakAsync(Spoken.Request(sentence, format: "wav")), "wav").Seconds;

        var request = Spoken.Request(text, format: "opus");
        request["speed"] = 1;
        var (seconds, _) = Spoken.Hear(await fixture.Api.SpeakAsync(request), "opus");
        var (status, body) = await fixture.Api.PostAsync("/v1/audio/speech", Spoken.Request(text + "x"));

        seconds.ShouldBe(one * 4096 / sentence.Length, one * 8);
        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)body["error"]!["code"]).ShouldBe("string_above_max_length");
    }

    [SpeechFact]
    public async Task Sixteen_callers_at_once_each_get_the_answer_that_they_get_alone()
    {
        string[] voices = ["slt", "rms", "awb", "kal16"];
        string[] formats = ["wav", "mp3", "pcm", "flac"];
        JsonObject[] requests =
        [
            .. Enumerable.Range(0, 16).Select(caller => Spoken.Request(
                $"Caller number {caller} wants this read. It has {caller + 2} sentences or so. The last one of them is not long.", voices[caller % 4], formats[caller / 4])),
        ];
        var alone = new List<byte[]>();
        foreach (var request in requests) alone.Add(await fixture.Api.SpeakAsync(Copy(request)));

        var together = await Task.WhenAll(requests.Select(request => fixture.Api.SpeakAsync(Copy(request))));

        for (var caller = 0; caller < requests.Length; caller++) Spoken.ShouldBeTheSame(together[caller], alone[caller], formats[caller / 4], $"caller {caller}");
    }

    [SpeechFact]
    public async Task Caller_who_leaves_early_ends_the_work()
    {
        var text = string.Concat(Enumerable.Repeat("Nobody will listen to this until its very end, which is far away. ", 60));
        var before = await fixture.Api.MetricAsync("polargrid_speech_seconds_total");
        using (var leaving = new CancellationTokenSource())
        {
            using var response = await fixture.Api.SendAsync("/v1/audio/speech", Spoken.Request(text, format: "pcm"), HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            await using var body = await response.Content.ReadAsStreamAsync(leaving.Token);
            await body.ReadExactlyAsync(new byte[1000], leaving.Token);
            await leaving.CancelAsync();
        }

        await WaitUntilIdleAsync();
        (await fixture.Api.MetricAsync("polargrid_speech_seconds_total") - before).ShouldBeInRange(0.1, 120);
    }

    [SpeechFact]
    public async Task Events_carry_the_same_audio_as_a_bare_answer()
    {
        var request = Spoken.Request(Spoken.Fox, format: "wav");
        request["stream"] = true;
        var bare = await fixture.Api.SpeakAsync(Copy(request));
        request["stream_format"] = "sse";
        using var response = await fixture.Api.SendAsync("/v1/audio/speech", request, HttpCompletionOption.ResponseHeadersRead);

        var audio = new MemoryStream();
        JsonNode? done = null;
        await foreach (var data in Api.EventsAsync(response))
        {
            var item = JsonNode.Parse(data)!;
            done.ShouldBeNull();
            if ((string?)item["type"] == "speech.audio.delta") audio.Write(Convert.FromBase64String((string)item["audio"]!));
            else done = item;
        }

        Spoken.ShouldBeTheSame(audio.ToArray(), bare, "wav", "events");
        ((int)done!["usage"]!["input_tokens"]!).ShouldBe(Spoken.Fox.Length);
    }

    [SpeechFact]
    public async Task The_first_samples_come_long_before_the_last()
    {
        var text = string.Concat(Enumerable.Repeat("The first of these sentences is heard while the others are spoken. ", 55));
        var watch = Stopwatch.StartNew();
        using var response = await fixture.Api.SendAsync("/v1/audio/speech", Spoken.Request(text, format: "pcm"), HttpCompletionOption.ResponseHeadersRead);
        var first = double.Parse(response.Headers.GetValues("X-Pg-First-Byte-Ms").Single(), CultureInfo.InvariantCulture);
        await response.Content.ReadAsByteArrayAsync();

        first.ShouldBeLessThan(watch.Elapsed.TotalMilliseconds / 5);
    }

    private static JsonObject Copy(JsonObject request) => (JsonObject)request.DeepClone();

    private async Task WaitUntilIdleAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await fixture.Api.MetricAsync("polargrid_speech_requests") > 0) limit.Token.ThrowIfCancellationRequested();
    }
}
