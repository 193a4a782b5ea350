using System.Globalization;
using System.Text;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Keeps the characters that are part of a language or its punctuation.</summary>
internal static class Characters
{
    // More marks on one letter than any script uses; a text made of them is a joke at the engine's cost.
    private const int MostMarks = 4;

    public static string Keep(string input)
    {
        var kept = new StringBuilder(input.Length);
        var marks = 0;
        foreach (var rune in input.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) continue;
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarks) continue;
            if (marks > 0 && kept.Length > 0 && rune.IsBmp && AccentedLetters.Compose(kept[^1], (char)rune.Value) is { } composed) kept[^1] = composed;
            else Append(kept, rune, category);
        }

        return kept.ToString();
    }

    private static void Append(StringBuilder kept, Rune rune, UnicodeCategory category)
    {
        switch (rune.Value)
        {
            case '\n' or 0x0B or 0x0C or 0x85 or 0x2028 or 0x2029:
                kept.Append('\n');
                return;
            case '\r':
                // Followed by a line feed it makes an empty line less, which Lines does not mind.
                kept.Append('\r');
                return;
            case '\t':
                kept.Append(' ');
                return;
            case 0x2018 or 0x2019 or 0x201B or 0x02BC or 0x2032:
                kept.Append('\'');
                return;
            case 0x201C or 0x201D or 0x201E or 0x201F or 0x2033:
                kept.Append('"');
                return;
            case 0x2026:
                kept.Append("...");
                return;
            case 0x2010 or 0x2011:
                kept.Append('-');
                return;
            case 0x2212:
                kept.Append('-');
                return;
            case 0x200C or 0x200D when kept.Length > 0 && kept[^1] >= 0x0600 && char.IsLetter(kept[^1]):
                // They shape words in Persian and in the scripts of India.
                kept.Append((char)rune.Value);
                return;
            case >= 0xFF10 and <= 0xFF19 or >= 0xFF21 and <= 0xFF3A or >= 0xFF41 and <= 0xFF5A:
                kept.Append((char)(rune.Value - 0xFEE0));
                return;
            case >= 0x1D400 and <= 0x1D6A3:
                // Bold, italic and other mathematical letters: the alphabet in capitals and small letters, again and again.
                var letter = (rune.Value - 0x1D400) % 52;
                kept.Append((char)(letter < 26 ? 'A' + letter : 'a' + letter - 26));
                return;
            case >= 0x1D7CE and <= 0x1D7FF:
                kept.Append((char)('0' + ((rune.Value - 0x1D7CE) % 10)));
                return;
        }

        if (IsPicture(rune.Value))
        {
            kept.Append(' ');
            return;
        }

        switch (category)
        {
            case UnicodeCategory.DecimalDigitNumber:
                // The digits of every script, as those that all voices and all rules behind this one know.
                kept.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                break;
            case UnicodeCategory.SpaceSeparator:
                kept.Append(' ');
                break;
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate:
                break;
            default:
                kept.Append(rune.ToString());
                break;
        }
    }

    /// <summary>Emoji, dingbats, box drawing, and what modifies them.</summary>
    private static bool IsPicture(int value) => value
        is >= 0x1F000 and <= 0x1FAFF
        or >= 0x2500 and <= 0x27BF
        or >= 0x2B00 and <= 0x2BFF
        or >= 0x2300 and <= 0x23FF
        or >= 0xFE00 and <= 0xFE0F
        or >= 0xE0000 and <= 0xE01EF
        or 0x20E3 or 0x3030 or 0x303D;
}
