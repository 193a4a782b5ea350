using System.Globalization;
using System.Text;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>
/// Brings text into the characters that a model knows. Letters and digits that it does not know are an error that names them, since words
/// would be lost; what only decorates is replaced by a likeness or left out.
/// </summary>
internal static class CharacterText
{
    private const int MostNamed = 8;

    // The longest part that is computed in one go; the library holds all of its audio in memory.
    private const int LongestPart = 1000;

    /// <param name="characters">Code points that reach the model.</param>
    /// <param name="dropsLoneTail">Whether the library drops a single character behind the last sentence mark.</param>
    public static FittedText Fit(string text, IReadOnlySet<int> characters, bool dropsLoneTail)
    {
        var fitted = new StringBuilder(text.Length + 1);
        List<string> unknown = [];
        var spoken = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Likeness(rune, characters) is { } known)
            {
                fitted.Append(known);
                spoken |= Rune.IsLetterOrDigit(rune);
            }
            else if (Rune.IsLetterOrDigit(rune) && rune != Rune.ReplacementChar)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"'{rune}' (U+{rune.Value:X4})");
                if (!unknown.Contains(name)) unknown.Add(name);
            }
        }

        if (unknown.Count > 0)
        {
            var more = unknown.Count > MostNamed ? $" and {unknown.Count - MostNamed} more" : "";
            return new([], new SpeechError(
                SpeechStage.Prepare, SpeechErrorCode.InvalidSetting,
                $"The model cannot speak {string.Join(", ", unknown.Take(MostNamed))}{more}; write the words in its alphabet or choose another model."));
        }

        return spoken ? new([.. Parts(fitted.ToString(), characters, dropsLoneTail)], null) : FittedText.Nothing();
    }

    private static IEnumerable<string> Parts(string text, IReadOnlySet<int> characters, bool dropsLoneTail)
    {
        foreach (var part in TextCut.At(text, LongestPart, static _ => 1))
        {
            // A space behind a lone character makes two of it, which the library keeps.
            var lone = dropsLoneTail && part.Length - 1 - part.AsSpan(0, part.Length - 1).LastIndexOfAny(".:?!") == 1;
            yield return lone && characters.Contains(' ') ? part + ' ' : part;
        }
    }

    private static string? Likeness(Rune rune, IReadOnlySet<int> characters)
    {
        if (characters.Contains(rune.Value) || rune.IsAscii && characters.Contains(Rune.ToLowerInvariant(rune).Value)) return Known(rune);
        var small = Rune.ToLowerInvariant(rune);
        if (characters.Contains(small.Value)) return small.ToString();
        var likeness = rune.Value switch
        {
            '\u2018' or '\u2019' or '\u02BC' or '\u0060' or '\u00B4' => "'",
            '\u201C' or '\u201D' or '\u00AB' or '\u00BB' => "\"",
            '\u2010' or '\u2011' or '\u2012' => "-",
            '\u2013' or '\u2014' or ';' or ':' => ",",
            '\u2026' or '!' => ".",
            '-' or '/' or '_' or '\u00A0' or '\t' or '\n' or '\r' => " ",
            _ => Rune.IsWhiteSpace(rune) ? " " : null,
        };
        return likeness is not null && characters.Contains(likeness[0]) ? likeness : null;
    }

    // ASCII capitals are made small here too, although the library would, so that what is spoken is what was checked.
    private static string Known(Rune rune) => (rune.IsAscii ? Rune.ToLowerInvariant(rune) : rune).ToString();
}
