namespace PolarGrid.ModelMaker.Tokenizers;

/// <param name="Text">As in the vocabulary: in the byte alphabet, or with a lower block for a space.</param>
internal sealed record TokenEntry(string Text, TokenKind Kind)
{
    /// <summary>ASCII letters, with a space before them or not: text that no server has reason to hold back.</summary>
    public bool IsPlainWord
    {
        get
        {
            if (Kind != TokenKind.Normal) return false;
            var letters = Text.AsSpan().TrimStart("\u0120\u2581");
            return letters.Length > 0 && letters.Length + 1 >= Text.Length && !letters.ContainsAnyExcept(Letters);
        }
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
