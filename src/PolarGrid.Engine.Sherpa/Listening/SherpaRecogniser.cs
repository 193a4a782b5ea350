using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>One recogniser ready to be served: what it is, and engines for a pool.</summary>
/// <remarks>Safe to call from any thread.</remarks>
public sealed class SherpaRecogniser
{
    private readonly SherpaModel model;
    private readonly SherpaOptions options;
    private readonly LoadedRecogniser loaded;

    /// <param name="model">A recogniser; nothing is loaded yet.</param>
    /// <param name="options">Checked here.</param>
    public SherpaRecogniser(SherpaModel model, SherpaOptions options)
    {
        if (model.Facts is not RecognizerFacts facts) throw new ArgumentException($"'{model.Name}' is no recogniser.", nameof(model));
        _ = options.CheckedThreads;
        this.model = model;
        this.options = options;
        loaded = new LoadedRecogniser(model, options);
        Description = new TranscriberDescription
        {
            Id = model.Name,
            Engine = SherpaManifest.Engine,
            SampleRate = RecognizerConfigBuilder.SampleRate,
            Languages = model.Manifest.Languages.Count > 0 ? model.Manifest.Languages : facts.Languages,
            DetectsLanguage = facts.DetectsLanguage,
            Translates = facts.Translates,
            GivesWordTimes = facts.GivesTimes,
            MaxUtteranceSeconds = model.Manifest.MaxUtteranceSeconds ?? facts.MaxSeconds,
            Created = model.Manifest.Created ?? File.GetLastWriteTimeUtc(model.Files["tokens"][0]),
        };
    }

    public TranscriberDescription Description { get; }

    /// <summary>One engine; loads the weights unless another engine of a kind that can share them has.</summary>
    /// <exception cref="SherpaLoadException">The library refused the model.</exception>
    /// <exception cref="InvalidOperationException">The libraries are not there.</exception>
    public ITranscriber Create() => new SherpaTranscriber(
        Description, (RecognizerFacts)model.Facts,
        model.Manifest.Kind == SherpaKind.Whisper ? new LoadedRecogniser(model, options) : loaded);
}
