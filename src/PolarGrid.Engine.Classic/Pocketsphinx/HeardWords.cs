using System.Runtime.InteropServices;
using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>Reads what the decoder heard: the words, without its marks for silence, noise and pronunciations.</summary>
internal static unsafe class HeardWords
{
    private const double FramesPerSecond = 100;

    // The dictionary is in small letters; of its words only these have capitals wherever they stand.
    private static readonly HashSet<string> Pronouns = ["i", "i'm", "i'll", "i've", "i'd"];

    /// <summary>The result of a finished utterance.</summary>
    /// <param name="decoder">Has heard all.</param>
    /// <param name="before">Seconds of the stretch that came before the decoder's utterance.</param>
    /// <param name="seconds">Of the stretch.</param>
    public static TranscribedPiece Read(DecoderHandle decoder, double before, double seconds)
    {
        List<TranscribedWord> words = [];
        var logMath = NativePocketsphinx.LogMath(decoder);
        var sum = 0.0;
        var segment = NativePocketsphinx.FirstSegment(decoder);
        while (segment != 0)
        {
            if (Word(Marshal.PtrToStringUTF8((nint)NativePocketsphinx.SegmentWord(segment))) is { } word)
            {
                int first, last, acoustic, language, backoff;
                NativePocketsphinx.SegmentFrames(segment, &first, &last);
                var probability = NativePocketsphinx.SegmentProbability(segment, &acoustic, &language, &backoff);
                var start = Math.Clamp(before + (first / FramesPerSecond), 0, seconds);
                words.Add(new TranscribedWord(word, start, Math.Clamp(before + ((last + 1) / FramesPerSecond), start, seconds)));
                sum += Math.Min(0, NativeSphinxbase.ToNaturalLog(logMath, probability));
            }

            segment = NativePocketsphinx.NextSegment(segment);
        }

        return new TranscribedPiece
        {
            Text = string.Join(' ', words.Select(word => word.Text)),
            Words = words,
            Language = "en",
            AverageLogProbability = words.Count > 0 ? sum / words.Count : null,
        };
    }

    /// <summary>A hypothesis as text.</summary>
    public static string Join(string? hypothesis) => string.IsNullOrEmpty(hypothesis)
        ? ""
        : string.Join(' ', hypothesis.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Word).OfType<string>());

    /// <returns>Null for a mark: <c>&lt;sil&gt;</c>, <c>[NOISE]</c>, <c>++NOISE++</c>.</returns>
    public static string? Word(string? entry)
    {
        if (string.IsNullOrEmpty(entry) || entry[0] is '<' or '[' or '+') return null;
        var pronunciation = entry.EndsWith(')') ? entry.LastIndexOf('(') : -1;
        var word = pronunciation > 0 ? entry[..pronunciation] : entry;
        return Pronouns.Contains(word) ? string.Concat("I", word.AsSpan(1)) : word;
    }
}
