using System.Buffers;
using PolarGrid.Engine.Templates;

namespace PolarGrid.Engine.Text;

/// <summary>
/// Tokens of a rendered prompt. Control tokens are looked for only in what the template wrote, so <c>&lt;|im_end|&gt;</c> typed by a
/// caller stays text; everything else is tokenised exactly as if the whole prompt had been one text. Thread-safe.
/// </summary>
internal sealed class PromptTokenizer(ITokenizer tokenizer)
{
    private readonly Dictionary<string, SpecialToken> byText = Distinct(tokenizer.SpecialTokens);
    private readonly SearchValues<string> anySpecial = SearchValues.Create(
        [.. tokenizer.SpecialTokens.Select(token => token.Text)], StringComparison.Ordinal);

    private readonly int[] lengths = [.. tokenizer.SpecialTokens.Select(token => token.Text.Length).Distinct().OrderDescending()];

    /// <summary>Appends the prompt's tokens.</summary>
    public void Encode(RenderedPrompt prompt, IBufferWriter<int> tokens)
    {
        var text = prompt.Text.AsSpan();
        var plainStart = 0;
        SpecialToken? before = null;
        foreach (var range in prompt.Trusted)
        {
            var at = range.Start;
            while (at < range.End && text[at..range.End].IndexOfAny(anySpecial) is >= 0 and var offset)
            {
                at += offset;
                var special = LongestAt(text[at..range.End]);
                EncodePlain(text[plainStart..at], before, special, tokens);
                tokens.Write([special.Id]);
                at += special.Text.Length;
                plainStart = at;
                before = special;
            }
        }

        EncodePlain(text[plainStart..], before, null, tokens);
    }

    private static Dictionary<string, SpecialToken> Distinct(IReadOnlyList<SpecialToken> specials)
    {
        var found = new Dictionary<string, SpecialToken>(specials.Count, StringComparer.Ordinal);
        foreach (var special in specials) found.TryAdd(special.Text, special);
        return found;
    }

    private void EncodePlain(ReadOnlySpan<char> text, SpecialToken? before, SpecialToken? after, IBufferWriter<int> tokens)
    {
        if (before is { StripRight: true }) text = text.TrimStart();
        if (after is { StripLeft: true }) text = text.TrimEnd();
        if (text.Length > 0) tokenizer.Encode(text, tokens);
    }

    private SpecialToken LongestAt(ReadOnlySpan<char> text)
    {
        var lookup = byText.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in lengths)
        {
            if (length <= text.Length && lookup.TryGetValue(text[..length], out var special)) return special;
        }

        throw new InvalidOperationException("A control token was found and lost.");
    }
}
