using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Tests.Requests;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

/// <summary>Damaged bodies get an answer, never a 5xx, and leave nobody in the queue. <c>POLARGRID_FUZZ</c> sets how many; the seed is fixed.</summary>
public sealed class SpeechFuzzTests
{
    private const int Usual = 2000;

    private static readonly string[] Bodies =
    [
        "{\"model\":\"test-voice\",\"input\":\"Hello there. How are you?\",\"voice\":\"alloy\",\"response_format\":\"pcm\",\"speed\":1.5,\"stream\":true}",
        "{\"model\":\"tts-1\",\"input\":\"Numbers: 3.14, 5:30 p.m., $7 \\ud83d\\ude00.\",\"voice\":{\"id\":\"bob\"},\"response_format\":\"wav\",\"stream\":false,\"language\":\"en-US\"}",
        "{\"model\":\"test-voice\",\"input\":\"**Bold** <b>tags</b> [a](b)\\n\\n- list\",\"voice\":\"ann\",\"stream_format\":\"sse\",\"response_format\":\"flac\",\"instructions\":\"\",\"voice_transcript\":null}",
    ];

    [Fact]
    public async Task Damaged_bodies_never_cause_a_server_error()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("POLARGRID_FUZZ") ?? $"{Usual}", CultureInfo.InvariantCulture);
        await using var server = await SpeechServer.StartAsync(engines: 2);
        var mutator = new BodyMutator(11, Bodies);
        var (spoken, refused) = (0, 0);
        for (var index = 0; index < count; index++)
        {
            var body = mutator.Next();
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await server.Edge.Client.PostAsync("/v1/audio/speech", content);
            if (response.StatusCode == HttpStatusCode.OK) spoken++;
            else if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound) refused++;
            else throw new InvalidOperationException($"Body {index}: {(int)response.StatusCode} for {Encoding.UTF8.GetString(body)}");
        }

        spoken.ShouldBeGreaterThan(count / 20);
        refused.ShouldBeGreaterThan(count / 20);
        await Until.TrueAsync(() => server.Pool.Requests == 0);
    }
}
