using System.Text;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Joins the lines of wrapped prose and keeps those apart that stand alone.</summary>
internal static class Lines
{
    // A line that is shorter was not wrapped.
    private const int WrappedLine = 60;

    /// <summary>One line feed where a sentence ends for certain, single spaces elsewhere, none at the ends.</summary>
    public static string Join(string text)
    {
        var joined = new StringBuilder(text.Length);
        var before = "";
        var apart = false;
        foreach (var raw in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n'))
        {
            var (line, isItem) = WithoutBullet(Tidy(raw));
            if (line.Length == 0)
            {
                apart = true;
                continue;
            }

            if (joined.Length > 0) joined.Append(apart || isItem || StandsAlone(before, line) ? '\n' : ' ');
            joined.Append(line);
            before = line;
            apart = false;
        }

        return joined.ToString();
    }

    private static bool StandsAlone(string before, string line) =>
        before[^1] is '.' or '!' or '?' or ':' or ';' or '\u3002' or '\uFF01' or '\uFF1F'
        || (before.Length < WrappedLine && !char.IsLower(line[0]));

    private static (string Line, bool IsItem) WithoutBullet(string line)
    {
        if (line.Length > 2 && line[0] is '-' or '*' or '+' or '\u2022' && line[1] == ' ') return (line[2..], true);
        var digits = 0;
        while (digits < line.Length && digits < 3 && char.IsAsciiDigit(line[digits])) digits++;

        // The number of an item is spoken.
        return (line, digits > 0 && digits + 1 < line.Length && line[digits] is '.' or ')' && line[digits + 1] == ' ');
    }

    /// <summary>Single spaces; runs of one sign become one, three full stops stay three.</summary>
    private static string Tidy(string line)
    {
        var tidy = new StringBuilder(line.Length);
        var run = 0;
        foreach (var c in line)
        {
            run = tidy.Length > 0 && tidy[^1] == c ? run + 1 : 1;
            if (c == ' ' && (run > 1 || tidy.Length == 0)) continue;
            var most = c switch
            {
                '.' => 3,
                '-' => 2,
                '!' or '?' or ',' or ';' or ':' or '_' or '=' or '*' or '~' or '#' => 1,
                _ => int.MaxValue,
            };
            if (run <= most) tidy.Append(c);
        }

        return tidy.ToString().TrimEnd();
    }
}
