using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>A piece of text in the form that a model takes: parts to be spoken one after another, or why it cannot be spoken.</summary>
internal readonly record struct FittedText(IReadOnlyList<string> Parts, SpeechError? Error)
{
    public static FittedText Nothing() => new(
        [], new SpeechError(SpeechStage.Prepare, SpeechErrorCode.NothingToSay, "The text has no letter or digit, nothing that could be spoken."));
}
