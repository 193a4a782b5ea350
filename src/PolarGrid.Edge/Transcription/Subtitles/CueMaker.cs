using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription.Subtitles;

/// <summary>
/// Cuts what was heard into cues of at most two lines and seven seconds, at the ends of sentences and at pauses where it can. Times are
/// those of the words; where the model gives none, a word takes its share of the segment by its letters.
/// </summary>
internal static class CueMaker
{
    private const double LongestSeconds = 7, PauseSeconds = 0.8;

    /// <summary>A sentence's end ends a cue when at least this many characters stand in it.</summary>
    private const int EnoughForSentence = 30;

    public static List<Cue> Cues(IEnumerable<HeardSegment> segments)
    {
        var cues = new List<Cue>();
        foreach (var segment in segments) Add(TimedWords(segment), cues);
        return cues;
    }

    private static void Add(List<TranscribedWord> words, List<Cue> cues)
    {
        var current = new List<TranscribedWord>();
        foreach (var word in words)
        {
            if (current.Count > 0 && EndsBefore(current, word))
            {
                cues.Add(Make(current, cues));
                current.Clear();
            }

            current.Add(word);
        }

        if (current.Count > 0) cues.Add(Make(current, cues));
    }

    private static bool EndsBefore(List<TranscribedWord> current, TranscribedWord next)
    {
        if (next.Start - current[^1].End > PauseSeconds || next.End - current[0].Start > LongestSeconds) return true;
        if (EndsSentence(current[^1].Text) && current.Sum(word => word.Text.Length + 1) > EnoughForSentence) return true;
        return LineBreaker.Lines([.. current.Select(word => word.Text), next.Text]).Count > LineBreaker.MostLines;
    }

    private static Cue Make(List<TranscribedWord> words, List<Cue> cues)
    {
        var earliest = cues.Count > 0 ? cues[^1].End : 0;
        var start = Math.Max(earliest, Milliseconds(words[0].Start));
        return new Cue(start, Math.Max(start + 1, Milliseconds(words[^1].End)), LineBreaker.Lines([.. words.Select(word => word.Text)]));
    }

    private static List<TranscribedWord> TimedWords(HeardSegment segment)
    {
        // The text, not the words, is what must be on the screen; they are the same but for models that clean their text afterwards.
        string[] spoken = [.. segment.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
        return segment.Words.Count == spoken.Length
            ? [.. spoken.SelectMany((text, index) => Share([.. LineBreaker.Words(text)], segment.Words[index].Start, segment.Words[index].End))]
            : Share([.. LineBreaker.Words(segment.Text)], segment.SpeechStart, segment.SpeechEnd);
    }

    private static List<TranscribedWord> Share(string[] words, double start, double end)
    {
        var letters = (double)words.Sum(word => word.Length);
        var timed = new List<TranscribedWord>(words.Length);
        foreach (var word in words)
        {
            var until = start + ((end - start) * word.Length / letters);
            timed.Add(new TranscribedWord(word, start, until));
            letters -= word.Length;
            start = until;
        }

        return timed;
    }

    private static bool EndsSentence(string word) => word[^1] is '.' or '!' or '?' or '…' or '。' or '！' or '？';

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000);
}
