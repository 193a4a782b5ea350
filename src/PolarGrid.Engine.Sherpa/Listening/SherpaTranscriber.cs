using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>A recogniser as an engine.</summary>
internal sealed class SherpaTranscriber : ITranscriber
{
    private readonly LoadedRecogniser loaded;
    private bool disposed;
    private bool open;

    public SherpaTranscriber(TranscriberDescription model, RecognizerFacts facts, LoadedRecogniser loaded)
    {
        Model = model;
        Facts = facts;
        this.loaded = loaded;
        Handle = loaded.Take();
    }

    public TranscriberDescription Model { get; }

    internal RecognizerFacts Facts { get; }

    internal RecognizerHandle Handle { get; }

    public IUtterance Begin(TranscriptionSettings settings)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (open) throw new InvalidOperationException("The utterance before was not disposed.");
        open = true;
        return new SherpaUtterance(this, settings);
    }

    /// <summary>Why these settings cannot be met; null when they can.</summary>
    internal SpeechError? Check(TranscriptionSettings settings)
    {
        if (settings.Language is { } language && !Model.Languages.Contains(language))
        {
            return Refuse($"The language '{language}' is not one of '{Model.Id}'; it hears {string.Join(", ", Model.Languages.Take(120))}.");
        }

        return settings.Translate && !Model.Translates ? Refuse($"'{Model.Id}' cannot translate; use a Whisper model of several languages.") : null;
    }

    internal void Configure(TranscriptionSettings settings) => loaded.Configure(settings.Language, settings.Translate);

    internal void End() => open = false;

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        loaded.Return();
    }

    internal static SpeechError Refuse(string message) => new(SpeechStage.Prepare, SpeechErrorCode.InvalidSetting, message);
}
