using PolarGrid.Cli.Up;
using PolarGrid.Engine.Sherpa;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class SherpaSpeechSourceTests : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), $"pg-shelf-{Guid.NewGuid():N}");

    [SharedFact("models/modem/tts/model.onnx", "models/modem/stt/model.onnx", "models/silero_vad.onnx")]
    public void Installed_models_are_offered_and_a_bad_one_is_one_line()
    {
        Install("bells", "models/modem/tts", """ "kind":"vits","files":{"model":"model.onnx","tokens":"tokens.txt"},"languages":["en"],"aliases":["tts-1"] """);
        Install("ear", "models/modem/stt", """ "kind":"nemo-ctc","files":{"model":"model.onnx","tokens":"tokens.txt"},"languages":["en"] """);
        Install("broken", "models/modem/stt", """ "kind":"whisper","files":{"encoder":"model.onnx","decoder":"model.onnx","tokens":"tokens.txt"} """);
        Install("vad", "models", """ "kind":"vad","files":{"model":"silero_vad.onnx"} """);

        var offers = new SherpaSpeechSource(Shelf(), new SherpaOptions()).Find().ToList();

        offers.OfType<SpeechOffer.Voices>().ShouldHaveSingleItem().Aliases.ShouldBe(["tts-1"]);
        offers.OfType<SpeechOffer.Recogniser>().ShouldHaveSingleItem().Model.Id.ShouldBe("ear");
        offers.OfType<SpeechOffer.Missing>().ShouldHaveSingleItem().Reason.ShouldBe(
            "broken: model.onnx: the metadata has no 'n_mels'; it is no model that was exported for sherpa-onnx.");
        using var detector = offers.OfType<SpeechOffer.Detector>().ShouldHaveSingleItem().Create(0.5f);
        detector.HearsSpeech(new float[detector.FrameSamples]).ShouldBeFalse();
    }

    public void Dispose()
    {
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
    }

    private SherpaShelf Shelf() => new(root, new TrialLedger(Path.Combine(root, ".tried.json"), _ => new TrialOutcome(null), TimeProvider.System));

    private void Install(string name, string shared, string fields)
    {
        var folder = Path.Combine(root, name);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(SharedFiles.Get(shared)).Where(file => Path.GetExtension(file) is ".onnx" or ".txt"))
        {
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        File.WriteAllText(Path.Combine(folder, SherpaManifest.FileName), "{\"engine\":\"sherpa-onnx\",\"licence\":\"MIT\"," + fields + "}");
    }
}
