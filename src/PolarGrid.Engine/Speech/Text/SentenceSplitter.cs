using System.Globalization;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Cuts text into pieces to be spoken one after another: at the ends of sentences, the first piece early.</summary>
public static class SentenceSplitter
{
    /// <param name="text">Clean text: single spaces, line feeds only between sentences.</param>
    /// <param name="limits">Null: <see cref="PieceLimits.Default"/>.</param>
    /// <returns>Pieces without space around them, none empty; together they have every sign of the text but its spaces.</returns>
    public static IReadOnlyList<string> Split(string text, PieceLimits? limits = null)
    {
        limits ??= PieceLimits.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.First, 20, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Most, Math.Max(limits.First, limits.Good), nameof(limits));

        List<string> pieces = [];
        foreach (var paragraph in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var open = false;
            foreach (var sentence in SentenceEnds.Sentences(paragraph)) open = Add(pieces, sentence, open, limits);
        }

        return pieces;
    }

    /// <summary>Cuts what is longer than a limit at the best place before it: the end of a clause, else a space, else inside a word.</summary>
    public static IEnumerable<string> Cut(string sentence, int most)
    {
        var rest = sentence.Trim();
        while (rest.Length > most)
        {
            var at = CutPlace(rest, most);
            yield return rest[..at].TrimEnd();
            rest = rest[at..].TrimStart();
        }

        if (rest.Length > 0) yield return rest;
    }

    private static bool Add(List<string> pieces, string sentence, bool open, PieceLimits limits)
    {
        if (pieces.Count == 0 && sentence.Length > limits.First)
        {
            // A short beginning, where it does not tear the sentence; else the whole of it.
            var at = CutPlace(sentence, limits.First);
            pieces.Add(sentence[..at].TrimEnd());
            sentence = sentence[at..].TrimStart();
            open = false;
        }

        foreach (var part in Cut(sentence, limits.Most))
        {
            // The first piece is never made longer: its end is what the listener waits for.
            if (open && pieces.Count > 1 && pieces[^1].Length + 1 + part.Length <= limits.Good) pieces[^1] = $"{pieces[^1]} {part}";
            else pieces.Add(part);
            open = true;
        }

        return open;
    }

    /// <summary>Where the piece ends: 1 to <paramref name="most"/>.</summary>
    private static int CutPlace(string text, int most)
    {
        var clause = 0;
        var space = 0;
        for (var i = 1; i <= most; i++)
        {
            var before = text[i - 1];
            var atSpace = text[i] == ' ' || before == ' ';
            if (atSpace) space = i;
            if (before is '\u3001' or '\uFF0C' or '\uFF1B' or '\uFF1A' || (before is ',' or ';' or ':' or ')' && text[i] == ' ')
                || (before is '-' or '\u2013' or '\u2014' && text[i] == ' '))
            {
                clause = i;
            }
        }

        if (clause >= most / 4) return clause;
        if (space > 0) return space;
        return ElementStart(text, most);
    }

    /// <summary>The last place at or before it that does not tear a letter from its marks.</summary>
    private static int ElementStart(string text, int most)
    {
        for (var i = most; i > 1; i--)
        {
            if (char.IsLowSurrogate(text[i]) || CharUnicodeInfo.GetUnicodeCategory(text[i])
                is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            {
                continue;
            }

            return i;
        }

        return char.IsLowSurrogate(text[most]) ? most - 1 : most;
    }
}
