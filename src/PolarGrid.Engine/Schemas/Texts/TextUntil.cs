using System.Text;

namespace PolarGrid.Engine.Schemas.Texts;

/// <summary>Rules for any text that comes to a marker and does not hold it before.</summary>
public static class TextUntil
{
    /// <param name="end">At least one character.</param>
    /// <param name="rule">Name of the rule; all others begin with it and a hyphen.</param>
    /// <param name="then">A rule that follows the marker; empty for none.</param>
    /// <param name="mayEnd">Whether a text that does not come to the marker is good too.</param>
    public static string Write(string end, string rule, string then = "", bool mayEnd = false)
    {
        // One rule for each number of the marker's characters that the text ends with.
        var marker = end.EnumerateRunes().ToArray();
        var letters = marker.Distinct().ToArray();
        var text = new StringBuilder($"{rule} ::= {rule}-0\n");
        for (var held = 0; held < marker.Length; held++)
        {
            var options = letters.GroupBy(letter => Held(marker, held, letter)).OrderByDescending(group => group.Key).Select(group =>
                $"[{string.Concat(group.Select(letter => Gbnf.ClassCharacter(letter.Value)))}]"
                + (group.Key < marker.Length ? $" {rule}-{group.Key}" : then.Length > 0 ? $" {then}" : ""));
            var others = $"[^{string.Concat(letters.Select(letter => Gbnf.ClassCharacter(letter.Value)))}] {rule}-0";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{rule}-{held} ::= {string.Join(" | ", options)} | {others}{(mayEnd ? " | \"\"" : "")}\n");
        }

        return text.ToString();
    }

    private static int Held(Rune[] marker, int held, Rune next)
    {
        Rune[] text = [.. marker[..held], next];
        for (var length = text.Length; length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(marker.AsSpan(0, length))) return length;
        }

        return 0;
    }
}
