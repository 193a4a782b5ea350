using System.Text;

namespace PolarGrid.Engine.Classic.Tests;

/// <summary>Counts words that were heard wrongly: the least number of words changed, left out and put in.</summary>
internal static class WordErrors
{
    /// <returns>Errors, and words of what was said.</returns>
    public static (int Errors, int Words) Count(string said, string heard)
    {
        var truth = Words(said);
        var words = Words(heard);
        var row = Enumerable.Range(0, words.Length + 1).ToArray();
        for (var i = 1; i <= truth.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= words.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (truth[i - 1] == words[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return (row[^1], truth.Length);
    }

    private static string[] Words(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.ToLowerInvariant()) plain.Append(char.IsAsciiLetterOrDigit(c) || c == '\'' ? c : ' ');
        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
