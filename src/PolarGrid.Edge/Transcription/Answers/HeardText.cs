using System.Text;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription.Answers;

/// <summary>Puts stretches together to a text, in order.</summary>
internal sealed class HeardText(TranscriptionPlan plan)
{
    private readonly StringBuilder text = new();
    private readonly List<HeardSegment> segments = [];

    public IReadOnlyList<HeardSegment> Segments => segments;

    public string Text => text.ToString();

    /// <summary>The language of most of the speech; null where nobody says.</summary>
    public string? Language =>
        segments.Where(segment => segment.Piece.Language is not null)
            .GroupBy(segment => segment.Piece.Language, segment => segment.End - segment.Start)
            .MaxBy(seconds => seconds.Sum())?.Key
        ?? plan.Settings.Language
        ?? (plan.Model.Description.Languages is [var only] ? only : null);

    /// <param name="start">Of the stretch, in seconds of the recording.</param>
    /// <param name="end">Of the stretch.</param>
    /// <param name="piece">Its times count from <paramref name="start"/>.</param>
    /// <returns>What the text grew by; empty when nothing was said.</returns>
    public string Add(double start, double end, TranscribedPiece piece)
    {
        var said = plan.WithoutPunctuation ? Punctuation.Remove(piece.Text) : piece.Text.Trim();
        if (said.Length == 0) return "";
        var words = piece.Words
            .Select(word => new TranscribedWord(plan.WithoutPunctuation ? Punctuation.Remove(word.Text) : word.Text, Within(start + word.Start), Within(start + word.End)))
            .Where(word => word.Text.Length > 0);
        segments.Add(new HeardSegment(start, end, said, [.. words], piece));
        var delta = text.Length > 0 && NeedsSpace(text[^1], said[0]) ? " " + said : said;
        text.Append(delta);
        return delta;

        double Within(double time) => Math.Clamp(time, start, end);
    }

    /// <summary>Chinese, Japanese and Thai have no spaces between sentences.</summary>
    private static bool NeedsSpace(char before, char after) => !HasNoSpaces(before) || !HasNoSpaces(after);

    private static bool HasNoSpaces(char letter) => letter
        is (>= '\u3000' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uFF00' and <= '\uFFEF') or (>= '\u0E00' and <= '\u0E7F');
}
