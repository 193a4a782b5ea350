using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription;

/// <summary>A request that the model can serve.</summary>
/// <param name="Model">Which listens.</param>
/// <param name="Settings">For its engine.</param>
/// <param name="Detection">How speech is found.</param>
/// <param name="Format">Of the answer.</param>
internal sealed record TranscriptionPlan(
    SpeechModel<TranscriberDescription, ITranscriber> Model, TranscriptionSettings Settings, VoiceDetection Detection, TranscriptFormat Format)
{
    public bool WithSegments { get; init; } = true;

    public bool WithWords { get; init; }

    /// <summary>Whether punctuation is taken out of what the model writes.</summary>
    public bool WithoutPunctuation { get; init; }

    /// <summary>Fields that were given and that this model cannot use, told in a header.</summary>
    public IReadOnlyList<string> WithoutEffect { get; init; } = [];

    public string Task => Settings.Translate ? "translate" : "transcribe";
}
