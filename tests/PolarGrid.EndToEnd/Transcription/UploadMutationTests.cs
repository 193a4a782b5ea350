using System.Diagnostics;
using System.Globalization;
using System.Net;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using PolarGrid.Testing.Speech;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>
/// Damaged recordings and damaged forms get an answer from a real server and its real recogniser, never a 5xx, and the server lives on.
/// Many more are tried in the edge's own tests. <c>POLARGRID_UPLOAD_MUTATIONS_REAL</c> sets how many, <c>POLARGRID_UPLOAD_MUTATIONS_SEED</c>
/// which ones: 0 unless told, and no two seeds make the same. The seeds 1 (1,000 uploads) and 2 to 5 (5,000 each) were run on 2026-11-21 with
/// pocketsphinx listening: 5,635 heard, 15,365 refused, no 5xx, no crash, 530 MiB resident in the end.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class UploadMutationTests(ServerFixture fixture, ITestOutputHelper output)
{
    private const int Usual = 200, Lanes = 4;

    [SpeechFact]
    public async Task Damaged_uploads_never_cause_a_server_error()
    {
        var count = Setting("POLARGRID_UPLOAD_MUTATIONS_REAL", Usual);
        var first = Setting("POLARGRID_UPLOAD_MUTATIONS_SEED", 0) * Lanes;
        var clock = Stopwatch.StartNew();
        var seeds = await SeedsAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunAsync(first + lane, count / Lanes, seeds)));

        output.WriteLine(
            $"{outcomes.Sum(lane => lane.Heard)} heard, {outcomes.Sum(lane => lane.Refused)} refused in {clock.Elapsed.TotalSeconds:0} s; "
            + $"memory {fixture.Server.ResidentBytes >> 20} MiB");
        outcomes.Sum(lane => lane.Heard).ShouldBeGreaterThan(count / 50);
        outcomes.Sum(lane => lane.Refused).ShouldBeGreaterThan(count / 50);
        using var uploads = new Uploads(fixture.Server.Url, ServerFixture.Key);
        WordErrors.Of(Spoken.Fox, await uploads.HearAsync(await fixture.Api.SpeakAsync(Spoken.Request(Spoken.Fox)))).ShouldBeLessThan(0.25);
    }

    private static int Setting(string variable, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture);

    /// <summary>A short word in every container, so that what is still audio is heard quickly.</summary>
    private async Task<List<byte[]>> SeedsAsync()
    {
        string[] formats = Audio.AudioLibraries.FfmpegPath is null ? ["wav", "flac", "mp3", "opus"] : ["wav", "flac", "mp3", "opus", "aac"];
        var seeds = new List<byte[]>();
        foreach (var format in formats)
        {
            var request = Spoken.Request("Hi.", format: format);
            request["speed"] = 2;
            request["stream"] = false;
            seeds.Add(await fixture.Api.SpeakAsync(request));
        }

        return seeds;
    }

    private async Task<(int Heard, int Refused)> RunAsync(int lane, int count, List<byte[]> seeds)
    {
        using var uploads = new Uploads(fixture.Server.Url, ServerFixture.Key);
        var mutator = new UploadMutator(lane, seeds, "whisper-1");
        var (heard, refused) = (0, 0);
        for (var index = 0; index < count; index++)
        {
            using var content = mutator.Next();
            using var response = await uploads.Http.PostAsync(Uploads.Path + (index % 7 == 0 ? "?stream=true" : ""), content);
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.Accepted))
            {
                throw new InvalidOperationException($"Lane {lane}, upload {index}: {(int)response.StatusCode} {body}");
            }

            if (response.IsSuccessStatusCode) heard++;
            else refused++;
        }

        return (heard, refused);
    }
}
