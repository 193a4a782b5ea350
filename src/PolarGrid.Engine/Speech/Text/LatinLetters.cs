using System.Collections.Frozen;
using System.Text;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Latin letters without their accents.</summary>
internal static class LatinLetters
{
    private static readonly FrozenDictionary<int, string> Whole = new Dictionary<int, string>
    {
        [0xDF] = "ss", [0x1E9E] = "SS", [0xE6] = "ae", [0xC6] = "Ae", [0x153] = "oe", [0x152] = "Oe", [0xF8] = "o", [0xD8] = "O",
        [0x142] = "l", [0x141] = "L", [0x111] = "d", [0x110] = "D", [0xF0] = "th", [0xD0] = "Th", [0xFE] = "th", [0xDE] = "Th",
        [0x131] = "i", [0x130] = "I", [0x14B] = "ng", [0x14A] = "Ng", [0x127] = "h", [0x126] = "H", [0x167] = "t", [0x166] = "T",
        [0x133] = "ij", [0x132] = "IJ", [0x149] = "'n", [0x17F] = "s", [0x259] = "a", [0x192] = "f", [0x180] = "b", [0x237] = "j",
        [0xFB00] = "ff", [0xFB01] = "fi", [0xFB02] = "fl", [0xFB03] = "ffi", [0xFB04] = "ffl", [0xAA] = "a", [0xBA] = "o",
    }.ToFrozenDictionary();

    /// <returns>ASCII letters; null for what is no Latin letter.</returns>
    public static string? Fold(Rune rune)
    {
        if (Whole.TryGetValue(rune.Value, out var letters)) return letters;
        if (!rune.IsBmp) return null;
        var plain = AccentedLetters.WithoutAccents((char)rune.Value);
        if (Whole.TryGetValue(plain, out letters)) return letters;
        return char.IsAsciiLetter(plain) ? plain.ToString() : null;
    }
}
