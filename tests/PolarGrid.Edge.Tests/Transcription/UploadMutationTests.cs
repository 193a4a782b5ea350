using System.Buffers;
using System.Globalization;
using System.Net;
using PolarGrid.Audio;
using PolarGrid.Audio.Encoders;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription;

/// <summary>
/// Damaged recordings in every container and damaged forms get an answer, never a 5xx. <c>POLARGRID_UPLOAD_MUTATIONS</c> sets how many; the
/// seeds are fixed.
/// </summary>
public sealed class UploadMutationTests
{
    private const int Usual = 1_200, Lanes = 4;

    /// <summary>Containers that ffmpeg reads cost a process each and come less often.</summary>
    private const int ShareOfOthers = 4;

    [Fact]
    public async Task Damaged_uploads_never_cause_a_server_error()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("POLARGRID_UPLOAD_MUTATIONS") ?? $"{Usual}", CultureInfo.InvariantCulture);
        await using var server = await TranscriptionServer.StartAsync(options => options.Transcription.MaxJobsOfKey = 100_000, engines: 2);
        var seeds = Seeds();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunAsync(server, lane, count / Lanes, seeds)));

        outcomes.Sum(lane => lane.Heard).ShouldBeGreaterThan(count / 50);
        outcomes.Sum(lane => lane.Refused).ShouldBeGreaterThan(count / 50);
        server.Engine.Open.ShouldBe(0);
        using var next = await server.TranscribeAsync("next");
        (await next.JsonAsync()).GetProperty("text").GetString().ShouldBe("next");
    }

    private static List<byte[]> Seeds()
    {
        var samples = Tones.Say("hi", 24_000)[(24_000 / 4)..^(24_000 / 4)];
        var seeds = new List<byte[]> { Tones.Wav("hi") };
        foreach (var format in (AudioFormat[])[AudioFormat.Wav, AudioFormat.Flac, AudioFormat.Mp3, AudioFormat.Opus])
        {
            for (var copies = 0; copies < ShareOfOthers; copies++) seeds.Add(Encode(format, samples));
        }

        if (AudioLibraries.FfmpegPath is not null) seeds.Add(Encode(AudioFormat.Aac, samples));
        return seeds;
    }

    private static byte[] Encode(AudioFormat format, float[] samples)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var encoder = AudioEncoder.Create(format, 24_000, AudioDelivery.Whole, bytes);
        encoder.Error.ShouldBeNull();
        using (encoder.Value)
        {
            encoder.Value!.Write(samples).ShouldBeNull();
            encoder.Value.Finish().ShouldBeNull();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static async Task<(int Heard, int Refused)> RunAsync(TranscriptionServer server, int lane, int count, List<byte[]> seeds)
    {
        var mutator = new UploadMutator(lane, seeds, "tones");
        var (heard, refused) = (0, 0);
        for (var index = 0; index < count; index++)
        {
            using var content = mutator.Next();
            using var response = await server.PostAsync("/v1/audio/transcriptions" + (index % 7 == 0 ? "?stream=true" : ""), content);
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.BadRequest or HttpStatusCode.NotFound))
            {
                throw new InvalidOperationException($"Lane {lane}, upload {index}: {(int)response.StatusCode} {body}");
            }

            if (response.IsSuccessStatusCode) heard++;
            else refused++;
        }

        return (heard, refused);
    }
}
