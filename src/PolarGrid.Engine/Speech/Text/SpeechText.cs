using System.Text;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Makes what a caller wrote fit to be spoken.</summary>
public static class SpeechText
{
    /// <summary>
    /// Cleans the text, cuts it and, for an English voice, writes addresses, money, dates and signs as words: everything that a request
    /// needs before it asks for an engine, so that a text that cannot be spoken is refused before the first sound.
    /// </summary>
    /// <param name="input">What the caller wrote.</param>
    /// <param name="model">Which text it can read.</param>
    /// <param name="voice">Whose language it is read in; null: that of a model of <see cref="TextForm.PlainEnglish"/>, else none is known.</param>
    /// <param name="limits">How long the pieces may be; null: <see cref="PieceLimits.Default"/>.</param>
    /// <returns>One or more pieces in order, each fit for <see cref="SpokenPiece.Text"/>; or why nothing can be spoken.</returns>
    public static (IReadOnlyList<string> Pieces, SpeechError? Error) Prepare(
        string input, SynthesizerDescription model, Voice? voice = null, PieceLimits? limits = null)
    {
        var (text, error) = Clean(input);
        if (error is not null) return ([], error);
        var pieces = SentenceSplitter.Split(text!, limits);
        if (model.Reads == TextForm.Written && !(voice is not null && IsEnglish(voice.Language))) return (pieces, null);

        List<string> spelled = [];
        foreach (var piece in pieces)
        {
            var (reading, refused) = model.Reads == TextForm.Written ? EnglishReading.OfLatin(piece, model.Id) : EnglishReading.Of(piece, model.Id);
            if (refused is not null) return ([], refused);

            // Spelling out makes text longer: a web address becomes a sentence of its own.
            if (reading!.Length > 0) spelled.AddRange(SentenceSplitter.Cut(reading, (limits ?? PieceLimits.Default).Most));
        }

        return spelled.Count > 0 ? (spelled, null) : ([], Nothing());
    }

    /// <summary>
    /// Drops what nobody says: control characters, formatting and emoji, Markdown and tags (their words stay). Spaces become single;
    /// a line feed stays only where a sentence cannot go on over it (an empty line, a list, a heading).
    /// </summary>
    /// <returns>Text in Unicode's composed form, without space around it; or the error when no letter or digit is left.</returns>
    public static (string? Text, SpeechError? Error) Clean(string input)
    {
        var text = Lines.Join(Markup.Strip(Characters.Keep(input)));
        return HasSpeech(text) ? (text, null) : (null, Nothing());
    }

    private static bool IsEnglish(string language) => language.Split('-')[0].Equals("en", StringComparison.OrdinalIgnoreCase);

    internal static bool HasSpeech(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || SpokenSigns.Contains(rune.Value)) return true;
        }

        return false;
    }

    // A text of one of these alone is a word.
    private static readonly HashSet<int> SpokenSigns = ['%', '&', '+', '=', '@', '#', '$', 0x20AC, 0xA3, 0xA5, 0xB0, 0xBD, 0xBC, 0xBE, 0xA9];

    private static SpeechError Nothing() => new(
        SpeechStage.Prepare,
        SpeechErrorCode.NothingToSay,
        "'input' has nothing that can be spoken: no letter and no digit is left without its spaces, signs and emoji. Give it at least one word.");
}
