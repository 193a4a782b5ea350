using System.Buffers;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Text;

/// <summary>Each character is its own token; counts how many characters it was given.</summary>
internal sealed class CharacterTokenizer(IReadOnlyList<SpecialToken> specials, int longestPiece = 4) : ITokenizer
{
    public int VocabularySize => 1000;

    public int LongestPieceBytes => longestPiece;

    public int? BeginOfText => null;

    public bool AddsBeginOfText => false;

    public string BeginOfTextPiece => "";

    public string EndOfTextPiece => "";

    public IReadOnlyList<SpecialToken> SpecialTokens => specials;

    public long Encoded { get; private set; }

    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens)
    {
        Encoded += text.Length;
        foreach (var character in text) tokens.Write([(int)character]);
    }

    public int Decode(int token, Span<byte> utf8) => 0;

    public bool IsEndOfGeneration(int token) => false;
}
