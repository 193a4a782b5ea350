using System.Globalization;
using System.Text;
using PolarGrid.Engine.Schemas;

namespace PolarGrid.Engine.Tools.Grammars;

/// <summary>
/// Rules for free text up to a marker: any text that does not hold the marker may end; where the marker is complete another rule takes
/// over. The states are those of Knuth, Morris and Pratt's search, so nothing is ambiguous.
/// </summary>
internal static class TextUntil
{
    /// <param name="prefix">Of the rules' names; the first is the prefix and <c>-0</c>.</param>
    /// <param name="marker">Not empty.</param>
    /// <param name="then">What follows the marker.</param>
    /// <param name="mayEnd">Whether the text may end before the marker.</param>
    public static string Rules(string prefix, string marker, string then, bool mayEnd)
    {
        var runes = marker.EnumerateRunes().ToArray();
        var letters = runes.Distinct().ToArray();
        var rules = new StringBuilder();
        for (var state = 0; state < runes.Length; state++)
        {
            rules.Append(CultureInfo.InvariantCulture, $"{prefix}-{state} ::= [^{Class(letters)}] {prefix}-0");
            foreach (var letter in letters)
            {
                var next = Next(runes, state, letter);
                var follow = next == runes.Length ? then : string.Create(CultureInfo.InvariantCulture, $"{prefix}-{next}");
                rules.Append(CultureInfo.InvariantCulture, $" | {Gbnf.Literal(letter.ToString())} {follow}");
            }

            rules.Append(mayEnd ? " | \"\"\n" : "\n");
        }

        return rules.ToString();
    }

    private static string Class(Rune[] letters) => string.Concat(letters.Select(letter => Gbnf.ClassCharacter(letter.Value)));

    /// <summary>How much of the marker stands at the end of the text, once this letter follows a beginning of that length.</summary>
    private static int Next(Rune[] marker, int state, Rune letter)
    {
        for (var length = state + 1; length > 0; length--)
        {
            if (marker[length - 1] != letter) continue;
            if (marker.AsSpan(0, length - 1).SequenceEqual(marker.AsSpan(state - length + 1, length - 1))) return length;
        }

        return 0;
    }
}
