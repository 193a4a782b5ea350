using System.Buffers;
using System.Text;

namespace PolarGrid.Engine.Text;

/// <summary>Tells that a text cannot fit a context without tokenising all of it: that may take seconds for megabytes.</summary>
internal static class PromptSize
{
    // Ordinary text has three to five bytes a token. Below this many per token of context a text is simply tokenised.
    private const int OrdinaryBytesPerToken = 16;
    private const int BlockCharacters = 32 * 1024;

    // Cutting a text at white space may part what would have been one token, on either side of the cut.
    private const int SlackTokens = 2;

    /// <summary>A number of tokens above <paramref name="contextTokens"/> that the text surely has, or 0 if it may fit.</summary>
    public static int LeastTokensBeyond(int contextTokens, ReadOnlySpan<char> text, ITokenizer tokenizer)
    {
        var bytes = (long)Encoding.UTF8.GetByteCount(text);
        var least = tokenizer.KeepsEveryByte ? bytes / tokenizer.LongestPieceBytes : 0;
        if (least > contextTokens) return (int)Math.Min(least, int.MaxValue);
        if (bytes <= (long)contextTokens * OrdinaryBytesPerToken) return 0;
        var tokens = new ArrayBufferWriter<int>(BlockCharacters);
        long counted = 0;
        while (text.Length > 0)
        {
            var block = NextBlock(text);
            tokens.ResetWrittenCount();
            tokenizer.Encode(text[..block], tokens);
            counted += Math.Max(0, tokens.WrittenCount - SlackTokens);
            if (counted > contextTokens) return (int)Math.Min(counted, int.MaxValue);
            text = text[block..];
        }

        return 0;
    }

    private static int NextBlock(ReadOnlySpan<char> text)
    {
        if (text.Length <= BlockCharacters) return text.Length;
        var space = text[..BlockCharacters].LastIndexOfAny(' ', '\n', '\t');
        if (space > 0) return space;
        return char.IsHighSurrogate(text[BlockCharacters - 1]) ? BlockCharacters - 1 : BlockCharacters;
    }
}
