using System.Globalization;

namespace PolarGrid.Edge.Transcription.Subtitles;

/// <summary>Breaks words into lines that can be read at a glance, as subtitles have them.</summary>
internal static class LineBreaker
{
    public const int LongestLine = 42, MostLines = 2;

    /// <summary>The words of a text; one longer than a line, as in scripts without spaces, becomes several.</summary>
    public static IEnumerable<string> Words(string text)
    {
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length <= LongestLine)
            {
                yield return word;
                continue;
            }

            var start = 0;
            for (var at = 0; at < word.Length;)
            {
                var next = at + StringInfo.GetNextTextElementLength(word, at);
                if (next - start > LongestLine && at > start)
                {
                    yield return word[start..at];
                    start = at;
                }

                at = next;
            }

            yield return word[start..];
        }
    }

    /// <summary>As few lines as hold the words, then as even as that number allows.</summary>
    public static List<string> Lines(IReadOnlyList<string> words)
    {
        var best = Fill(words, LongestLine);
        for (var width = LongestLine - 1; width >= best.Max(line => line.Length) / 2; width--)
        {
            var narrower = Fill(words, width);
            if (narrower.Count > best.Count) break;
            best = narrower;
        }

        return best;
    }

    private static List<string> Fill(IReadOnlyList<string> words, int width)
    {
        var lines = new List<string>();
        foreach (var word in words)
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width) lines[^1] += " " + word;
            else lines.Add(word);
        }

        return lines;
    }
}
