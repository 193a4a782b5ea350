using System.Text;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>Cuts text where it may be cut: behind a sentence, else behind a comma, else at a space, else anywhere between characters.</summary>
internal static class TextCut
{
    /// <param name="text">Any text.</param>
    /// <param name="most">Heaviest part.</param>
    /// <param name="weigh">Weight of a character, 1 to <paramref name="most"/>.</param>
    /// <returns>Parts that together are the text, without the spaces at the cuts; none of them blank.</returns>
    public static IEnumerable<string> At(string text, int most, Func<Rune, int> weigh)
    {
        var start = 0;
        while (start < text.Length)
        {
            var (end, cut) = (start, new int[3]);
            for (var weight = 0; end < text.Length;)
            {
                Rune.DecodeFromUtf16(text.AsSpan(end), out var rune, out var length);
                weight += weigh(rune);
                if (weight > most && end > start) break;
                end += length;
                if (rune.Value == ' ') cut[text[end - 2 < start ? start : end - 2] switch { '.' or '!' or '?' or '…' => 0, ',' or ';' or ':' => 1, _ => 2 }] = end;
            }

            if (end < text.Length) end = Array.Find(cut, place => place > start) is > 0 and var place ? place : end;
            var part = text[start..end].Trim(' ');
            start = end;
            if (part.Length > 0) yield return part;
        }
    }
}
