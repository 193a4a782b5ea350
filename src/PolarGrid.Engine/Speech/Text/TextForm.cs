namespace PolarGrid.Engine.Speech.Text;

/// <summary>Which text a voice model can read.</summary>
public enum TextForm
{
    /// <summary>As people write, in the languages of its voices; it reads numbers and signs itself, where <see cref="SpeechText.Prepare"/> has no rules for the language.</summary>
    Written,

    /// <summary>English in ASCII, spelled out by <see cref="EnglishReading"/>.</summary>
    PlainEnglish,
}
