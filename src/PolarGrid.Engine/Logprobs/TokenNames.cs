using System.Text;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Logprobs;

/// <summary>What control tokens, which have no text of their own, are called where a token must be shown. Not thread-safe.</summary>
internal sealed class TokenNames
{
    private readonly ITokenizer tokenizer;
    private readonly byte[] piece;
    private readonly Dictionary<int, byte[]> control;

    public TokenNames(ITokenizer tokenizer)
    {
        this.tokenizer = tokenizer;
        piece = new byte[tokenizer.LongestPieceBytes];
        control = tokenizer.SpecialTokens
            .Where(special => tokenizer.Decode(special.Id, piece) == 0)
            .DistinctBy(special => special.Id)
            .ToDictionary(special => special.Id, special => Encoding.UTF8.GetBytes(special.Text));
    }

    /// <summary>A token's bytes, or its name; valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(int token, out bool isControl)
    {
        isControl = control.TryGetValue(token, out var name);
        return isControl ? name : piece.AsSpan(0, tokenizer.Decode(token, piece));
    }
}
