using PolarGrid.Cli.Models;
using PolarGrid.Engine.Sherpa;
using PolarGrid.Engine.Sherpa.Listening;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Speaking;

namespace PolarGrid.Cli.Up;

/// <summary>The models that <c>polargrid models</c> installed, run by sherpa-onnx.</summary>
/// <param name="shelf">Where they lie.</param>
/// <param name="options">How they are run.</param>
internal sealed class SherpaSpeechSource(SherpaShelf shelf, SherpaOptions options) : ISpeechSource
{
    public static SherpaSpeechSource OfThisMachine(int threads) => new(ModelShelf.Open(), new SherpaOptions { Threads = threads });

    public IEnumerable<SpeechOffer> Find()
    {
        if (SherpaLibrary.Load() is { } missing)
        {
            yield return new SpeechOffer.Missing($"neural speech: {missing}");
            yield break;
        }

        foreach (var entry in shelf.List())
        {
            yield return entry.Model is { } model ? Offer(model) : new SpeechOffer.Missing($"{entry.Name}: {entry.Error}");
        }
    }

    private SpeechOffer Offer(SherpaModel model)
    {
        if (model.IsVoice)
        {
            var voices = new SherpaVoices(model, options);
            return new SpeechOffer.Voices(voices.Description, voices.Create) { Aliases = model.Manifest.Aliases, LoadsSlowly = true };
        }

        if (!model.IsRecogniser) return new SpeechOffer.Detector(model.Name, threshold => new SileroDetector(model, threshold));
        var recogniser = new SherpaRecogniser(model, options);
        return new SpeechOffer.Recogniser(recogniser.Description, recogniser.Create) { Aliases = model.Manifest.Aliases, LoadsSlowly = true };
    }
}
