using System.Text;

namespace PolarGrid.Edge.Transcription.Answers;

/// <summary>Takes the marks of sentences out of a text; apostrophes and hyphens inside words stay.</summary>
internal static class Punctuation
{
    public static string Remove(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsPunctuation(letter) && !JoinsLetters(text, at)) continue;
            if (letter == ' ' && (kept.Length == 0 || kept[^1] == ' ')) continue;
            kept.Append(letter);
        }

        return kept.ToString().Trim();
    }

    /// <summary>Between two letters or digits: <c>don't</c>, <c>well-known</c>, <c>3.5</c>.</summary>
    private static bool JoinsLetters(string text, int at) =>
        text[at] is '\'' or '’' or '-' or '.' or ',' or ':' or '/'
        && at > 0 && at + 1 < text.Length
        && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1])
        && (text[at] is '\'' or '’' or '-' || (char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1])));
}
