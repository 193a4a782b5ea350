using System.Collections.Frozen;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Finds where sentences end in one paragraph.</summary>
internal static class SentenceEnds
{
    // A capital may follow without a new sentence.
    private static readonly FrozenSet<string> NeverEnd = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "dr", "mr", "mrs", "ms", "mx", "prof", "rev", "fr", "hon", "gen", "col", "maj", "capt", "lt", "sgt", "cpl", "adm", "cmdr", "gov",
        "sen", "rep", "pres", "st", "mt", "ft", "vs", "cf", "e.g", "i.e", "viz", "fig", "figs", "eq", "vol", "ed", "eds", "ch", "sec",
        "art", "op", "ca", "approx", "dept", "est", "bzw", "z.b", "d.h", "nr", "bd", "sr", "sra", "mme", "mlle");

    // An end only where a capital follows that is not a number.
    private static readonly FrozenSet<string> EndsBeforeCapital = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "a.m", "p.m", "etc", "inc", "ltd", "co", "corp", "jr", "bros", "al", "u.s", "u.k", "u.s.a", "e.u", "u.n", "ph.d", "m.d", "b.a",
        "m.a", "d.c", "b.c", "a.d", "min", "max", "sec", "hr", "hrs", "kg", "km", "cm", "mm", "lb", "oz", "usw", "ave", "blvd", "rd");

    // Short for a word when a number follows, a word of its own otherwise.
    private static readonly FrozenSet<string> BeforeNumber = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "no", "nos", "p", "pp", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

    /// <summary>The sentences in order, without space around them.</summary>
    public static IEnumerable<string> Sentences(string paragraph)
    {
        var start = 0;
        for (var i = 0; i < paragraph.Length; i++)
        {
            if (!IsTerminator(paragraph[i])) continue;
            var first = i;
            while (i + 1 < paragraph.Length && (IsTerminator(paragraph[i + 1]) || IsCloser(paragraph[i + 1]))) i++;
            if (!Ends(paragraph, start, first, i + 1)) continue;
            var sentence = paragraph[start..(i + 1)].Trim();
            if (sentence.Length > 0) yield return sentence;
            start = i + 1;
        }

        var rest = paragraph[start..].Trim();
        if (rest.Length > 0) yield return rest;
    }

    /// <param name="text">The paragraph.</param>
    /// <param name="start">Where the sentence began.</param>
    /// <param name="terminator">The first sign that may end it.</param>
    /// <param name="next">Behind all such signs and closing quotes.</param>
    private static bool Ends(string text, int start, int terminator, int next)
    {
        if (next >= text.Length) return true;
        if (IsWide(text[terminator])) return true;
        if (text[next] != ' ') return false;
        var following = FirstOfNext(text, next);
        if (following == '\0') return true;
        if (char.IsLower(following)) return false;
        return text[terminator] != '.' || next - terminator > 1 && !IsCloser(text[terminator + 1]) || !IsAbbreviation(text, start, terminator, following);
    }

    private static bool IsAbbreviation(string text, int start, int dot, char following)
    {
        var begin = dot;
        while (begin > start && text[begin - 1] is not (' ' or '(' or '[' or '"' or '\'' or '/' or '-')) begin--;
        var word = text[begin..dot];
        if (word.Length == 0) return false;

        // Initials; but "I" ends sentences.
        if (word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I') return true;
        if (NeverEnd.Contains(word)) return true;
        if (char.IsDigit(following))
        {
            // The number of a list's item: "1. 5 eggs".
            return BeforeNumber.Contains(word) || EndsBeforeCapital.Contains(word) || (IsNumber(word) && text[start..begin].Trim().Length == 0);
        }

        if (IsNumber(word) && word.Length <= 3 && text[start..begin].Trim().Length == 0) return true;
        return !EndsBeforeCapital.Contains(word) && word.Contains('.', StringComparison.Ordinal) && word.Split('.').All(part => part.Length == 1 && char.IsLetter(part[0]));
    }

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);

    private static char FirstOfNext(string text, int at)
    {
        while (at < text.Length && (text[at] == ' ' || IsOpener(text[at]))) at++;
        return at < text.Length ? text[at] : '\0';
    }

    private static bool IsTerminator(char c) => c is '.' or '!' or '?' or '\u203D' or '\u061F' or '\u06D4' or '\u0964' or '\u0965' or '\u1362' || IsWide(c);

    // Followed by the next sentence without a space.
    private static bool IsWide(char c) => c is '\u3002' or '\uFF01' or '\uFF1F' or '\uFF61' or '\u2E2E';

    private static bool IsCloser(char c) => c is '"' or '\'' or ')' or ']' or '}' or '\u00BB' or '\u203A' or '\u300D' or '\u300F' or '\uFF09' or '\u3011';

    private static bool IsOpener(char c) => c is '"' or '\'' or '(' or '[' or '{' or '\u00AB' or '\u00BF' or '\u00A1' or '\u2039' or '\u300C' or '\uFF08';
}
