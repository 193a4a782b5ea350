using System.Globalization;
using System.Text;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>
/// Prepares text for models that are given sounds, which the library finds by itself. Cuts it so that no part can become more sounds than
/// a model takes at once: at that limit the library ends the process (Kokoro: 510), and its pattern matching recurses over the length.
/// </summary>
internal static class PhonemeText
{
    // Below 509 sounds, whatever the text is, by the weights below.
    internal const int MostSounds = 420;

    public static FittedText Fit(string text)
    {
        var clean = new StringBuilder(text.Length);
        var spoken = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) clean.Append(' ');
            else if (IsWritten(rune)) clean.Append(rune.ToString());
            spoken |= Rune.IsLetterOrDigit(rune) && rune != Rune.ReplacementChar;
        }

        return spoken ? new([.. TextCut.At(clean.ToString(), MostSounds, Sounds).Where(HasSound)], null) : FittedText.Nothing();
    }

    private static bool HasSound(string part) => part.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    // Pictures, and what only chooses how they look, would be read out by their names or confuse the pattern matching.
    private static bool IsWritten(Rune rune) => rune.Value is not (>= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF) && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.DashPunctuation
        or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
        or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol
        && rune != Rune.ReplacementChar;

    /// <summary>At least as many sounds, stress marks included, as a character can become: small letters seldom more than two, while digits,
    /// capitals and signs may be read by name.</summary>
    private static int Sounds(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.LowercaseLetter => 2,
        UnicodeCategory.SpaceSeparator => 1,
        UnicodeCategory.OtherLetter => 8,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.DecimalDigitNumber => 12,
        UnicodeCategory.OtherPunctuation or UnicodeCategory.DashPunctuation => 3,
        _ => 24,
    };
}
