using System.Globalization;
using System.Text;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>
/// Puts tokens with times together to words. A token that begins with a space (or sentencepiece's <c>▁</c>) begins a word; in scripts
/// without spaces every token is one. Tokens are bytes, since one may be a part of a character.
/// </summary>
internal static class WordBuilder
{
    /// <param name="tokens">UTF-8, or one byte written as <c>&lt;0xE4&gt;</c>.</param>
    /// <param name="starts">Seconds, one for each token.</param>
    /// <param name="durations">Seconds, one for each token, or empty where the model gives none.</param>
    /// <param name="tokenSeconds">Length of a last token without a duration.</param>
    /// <param name="seconds">Of the whole stretch; nothing is later.</param>
    public static IReadOnlyList<TranscribedWord> Build(
        IReadOnlyList<byte[]> tokens, ReadOnlySpan<float> starts, ReadOnlySpan<float> durations, double tokenSeconds, double seconds)
    {
        List<TranscribedWord> words = [];
        List<byte> word = [];
        double start = 0, end = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var (bytes, begins) = Token(tokens[i]);
            if (begins || StandsAlone(bytes) && !IsOpen(word)) Close();
            if (bytes.Length == 0) continue;
            var from = Bounded(starts[i], words.Count > 0 ? words[^1].End : 0);
            if (word.Count == 0) start = from;
            word.AddRange(bytes);
            end = Math.Max(end, Bounded(from + (durations.IsEmpty ? tokenSeconds : durations[i]), from));
        }

        Close();
        return words;

        void Close()
        {
            var text = Encoding.UTF8.GetString([.. word]).Trim();
            word.Clear();

            // A mark by itself belongs to the word before it.
            if (text.Length > 0 && words.Count > 0 && !text.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            {
                words[^1] = words[^1] with { Text = words[^1].Text + text, End = Math.Max(words[^1].End, end) };
            }
            else if (text.Length > 0)
            {
                words.Add(new TranscribedWord(text, start, Math.Max(start, end)));
            }

            end = 0;
        }

        double Bounded(double time, double least) => Math.Clamp(double.IsFinite(time) ? time : 0, Math.Min(least, seconds), seconds);
    }

    private static (byte[] Bytes, bool Begins) Token(byte[] token)
    {
        ReadOnlySpan<byte> span = token;
        if (span.Length == 6 && span.StartsWith("<0x"u8) && span[5] == '>'
            && byte.TryParse(span[3..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return value == ' ' ? ([], true) : ([value], false);
        }

        if (span.StartsWith("▁"u8)) return (span[3..].ToArray(), true);
        return span.StartsWith(" "u8) ? (span.TrimStart((byte)' ').ToArray(), true) : (token, false);
    }

    /// <summary>Whether the bytes so far end inside a character, which the next token completes.</summary>
    private static bool IsOpen(List<byte> word)
    {
        if (word.Count == 0) return false;
        return Rune.DecodeLastFromUtf8(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(word), out _, out _) != System.Buffers.OperationStatus.Done;
    }

    /// <summary>Han, kana and their like: scripts that put no spaces between words.</summary>
    private static bool StandsAlone(byte[] token) =>
        Rune.DecodeFromUtf8(token, out var first, out _) == System.Buffers.OperationStatus.Done
        && first.Value is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF;
}
