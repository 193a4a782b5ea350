using System.Globalization;
using System.Text;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>
/// Writes text the way an English voice reads it aloud, in printable ASCII: web addresses, money, dates, units and signs become words,
/// accents fall away. Numbers, ordinals and titles stay: the voice reads those well itself.
/// </summary>
public static class EnglishReading
{
    /// <param name="piece">Clean text of one piece.</param>
    /// <param name="model">For the message: the model that cannot speak the rest.</param>
    /// <returns>The reading, empty when only signs were there; or the error that names the script it cannot speak.</returns>
    public static (string? Text, SpeechError? Error) Of(string piece, string model)
    {
        var text = InWords(piece);
        var ascii = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' and <= '~') ascii.Append((char)rune.Value);
            else if (LatinLetters.Fold(rune) is { } letters) ascii.Append(letters);
            else if (Rune.IsLetter(rune)) return (null, Refused(text, rune, model));
            else if (Rune.GetNumericValue(rune) is >= 0 and var number) ascii.Append(CultureInfo.InvariantCulture, $" {number} ");
            else if (!IsMark(rune)) ascii.Append(' ');
        }

        var reading = EnglishSigns.Tidy(ascii.ToString());
        return (reading.Any(char.IsAsciiLetterOrDigit) ? reading : "", null);
    }

    /// <summary>As <see cref="Of"/>, for voices that know how accented letters sound: all Latin letters stay as they are.</summary>
    /// <inheritdoc cref="Of"/>
    public static (string? Text, SpeechError? Error) OfLatin(string piece, string model)
    {
        var text = EnglishSigns.Tidy(InWords(piece));
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.ModifierLetter && !IsLatin(rune))
            {
                return (null, Refused(text, rune, model));
            }
        }

        return (SpeechText.HasSpeech(text) ? text : "", null);
    }

    private static string InWords(string piece)
    {
        var text = EnglishSigns.Dashes(piece);
        text = EnglishAddresses.Read(text);
        text = EnglishPhones.Read(text);
        text = EnglishNumbers.Read(text);
        return EnglishSigns.Read(text);
    }

    private static bool IsLatin(Rune rune) => rune.IsAscii || LatinLetters.Fold(rune) is not null;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static SpeechError Refused(string text, Rune letter, string model)
    {
        var script = Scripts.NameOf(letter);
        return new(
            SpeechStage.Prepare,
            SpeechErrorCode.InvalidSetting,
            $"'input' has {script} letters (the first is U+{letter.Value:X4}), which the English voices of '{model}' cannot speak. "
            + "Write them in Latin letters, or take a model that speaks the language.");
    }
}
