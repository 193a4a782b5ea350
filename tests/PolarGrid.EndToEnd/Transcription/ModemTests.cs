using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>The tone pair through sherpa-onnx over HTTP: what is spoken as tones comes back letter by letter.</summary>
public sealed class ModemTests(ModemTests.Modem modem) : IClassFixture<ModemTests.Modem>
{
    private const string All = "the five boxing wizards jump quickly, don't they?";

    /// <summary>The question mark is the highest tone, which mp3 leaves out.</summary>
    private const string Lower = "the five boxing wizards jump quickly, don't they.";

    [ModemTheory]
    [InlineData("wav", All)]
    [InlineData("flac", All)]
    [InlineData("opus", All)]
    [InlineData("mp3", Lower)]
    public async Task Every_letter_survives_the_round_trip(string format, string text)
    {
        var request = Spoken.Request(text, format: format);
        request["model"] = "modem-tts";
        request["voice"] = "tone";
        var file = await modem.Api.SpeakAsync(request);

        (await modem.Uploads.HearAsync(file, ("model", "modem-stt"))).ShouldBe(text);
    }

    /// <summary>A server with the pair installed.</summary>
    public sealed class Modem : IAsyncLifetime
    {
        private const string Key = "pg_modem-tests-0123456789";

        private readonly TemporaryFolder home = new();
        private ServerProcess? server;

        internal Api Api { get; private set; } = null!;

        internal Uploads Uploads { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (ModemParts.Missing is not null) return;
            await InstallAsync("tts", """ "kind": "vits", "voices": [ { "id": "tone", "language": "en-US" } ] """);
            await InstallAsync("stt", """ "kind": "nemo-ctc", "languages": [ "en" ] """);
            server = await ServerProcess.StartAsync(home.Path, Key, TestModel.Arguments);
            Api = new Api(server.Url, Key);
            Uploads = new Uploads(server.Url, Key);
        }

        private async Task InstallAsync(string half, string kind)
        {
            using var folder = new TemporaryFolder();
            foreach (var file in (string[])["model.onnx", "tokens.txt"])
            {
                folder.File(file, await File.ReadAllBytesAsync(SharedFiles.Get($"{ModemParts.Folder}/{half}/{file}")));
            }

            await File.WriteAllTextAsync(
                Path.Combine(folder.Path, "polargrid.json"),
                $$"""{ "engine": "sherpa-onnx", "files": { "model": "model.onnx", "tokens": "tokens.txt" }, "licence": "MIT", {{kind}} }""");
            var added = await PolarGridCommand.RunAsync(home.Path, null, "models", "add", folder.Path, "--name", $"modem-{half}");
            added.ExitCode.ShouldBe(0, added.Error);
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
