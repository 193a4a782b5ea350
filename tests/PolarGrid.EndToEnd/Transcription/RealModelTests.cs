using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using PolarGrid.Testing;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>Each real voice speaks to each real recogniser, over HTTP.</summary>
public sealed class RealModelTests(RealModelTests.Installed installed, ITestOutputHelper output) : IClassFixture<RealModelTests.Installed>
{
    private const int Rate = 16_000;

    /// <summary>Measured below 0.04 with a Piper voice of many speakers and the tiny and base Moonshine; no two recordings of a text are the same.</summary>
    private const double MostWrong = 0.12;

    private static readonly string[] Sentences =
    [
        "The quick brown fox jumped over the lazy dog, and nobody was surprised.",
        "Good morning everyone, and welcome to the first meeting of the year.",
        "It was the best of times, it was the worst of times.",
        "The weather will be cold and cloudy with some rain in the afternoon.",
        "She said that the train to the city leaves early in the morning.",
        "Every rope that fell on the deck could be heard up in the street.",
    ];

    [RealModelFact]
    public async Task What_a_real_voice_says_a_real_recogniser_writes()
    {
        foreach (var voice in RealModels.Voices)
        {
            List<(string Said, byte[] File)> spoken = [];
            foreach (var sentence in Sentences) spoken.Add((sentence, await SpeakAsync(voice, sentence)));
            foreach (var recogniser in RealModels.Recognisers)
            {
                var errors = new WordErrors();
                foreach (var (said, file) in spoken) errors.Add(said, await HearAsync(recogniser, file));
                output.WriteLine($"{voice} to {recogniser}: {errors.Rate:P1} of {errors.Words} words");
                errors.Rate.ShouldBeLessThanOrEqualTo(MostWrong, $"{voice} to {recogniser}");
            }
        }
    }

    [RealModelFact]
    public async Task Where_nobody_speaks_nothing_is_written()
    {
        var random = new Random(3);
        var silence = new float[10 * Rate];
        var noise = Array.ConvertAll(new float[10 * Rate], _ => (random.NextSingle() - 0.5f) * 0.01f);
        foreach (var recogniser in RealModels.Recognisers)
        {
            (await HearAsync(recogniser, Testing.Speech.Tones.Wav(silence))).ShouldBe("", recogniser);
            (await HearAsync(recogniser, Testing.Speech.Tones.Wav(noise))).ShouldBe("", recogniser);
        }
    }

    [RealModelFact]
    public async Task A_long_recording_is_written_from_end_to_end_and_nothing_twice()
    {
        var said = string.Join(' ', Enumerable.Repeat(string.Join(' ', Sentences), 3));
        List<float> samples = [];
        for (var sentence = 0; sentence < 3 * Sentences.Length; sentence++)
        {
            samples.AddRange(Spoken.Hear(await SpeakAsync(RealModels.Voices[0], Sentences[sentence % Sentences.Length]), "wav", Rate).Samples.Span);
            samples.AddRange(new float[sentence % 3 * Rate / 2]);
        }

        samples.Count.ShouldBeGreaterThan(55 * Rate);
        foreach (var recogniser in RealModels.Recognisers)
        {
            var rate = WordErrors.Of(said, await HearAsync(recogniser, Testing.Speech.Tones.Wav([.. samples])));
            output.WriteLine($"{recogniser}: {rate:P1} of {samples.Count / Rate} s");
            rate.ShouldBeLessThanOrEqualTo(MostWrong, recogniser);
        }
    }

    private async Task<byte[]> SpeakAsync(string model, string text)
    {
        var request = new JsonObject { ["model"] = model, ["input"] = text, ["voice"] = "default", ["response_format"] = "wav" };
        return await installed.Api.SpeakAsync(request);
    }

    private Task<string> HearAsync(string model, byte[] file) => installed.Uploads.HearAsync(file, ("model", model));

    /// <summary>A server with all of them.</summary>
    public sealed class Installed : IAsyncLifetime
    {
        private const string Key = "pg_real-models-0123456789";

        private readonly TemporaryFolder home = new();
        private ServerProcess? server;

        internal Api Api { get; private set; } = null!;

        internal Uploads Uploads { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (RealModels.Missing is not null) return;
            foreach (var (name, folder) in RealModels.Folders)
            {
                var added = await PolarGridCommand.RunAsync(home.Path, null, "models", "add", folder, "--name", name, "--link");
                added.ExitCode.ShouldBe(0, added.Error);
            }

            server = await ServerProcess.StartAsync(home.Path, Key, TestModel.Arguments);
            Api = new Api(server.Url, Key);
            Uploads = new Uploads(server.Url, Key);
        }

        public async Task DisposeAsync()
        {
            Uploads?.Dispose();
            Api?.Dispose();
            if (server is not null) await server.DisposeAsync();
            home.Dispose();
        }
    }
}
