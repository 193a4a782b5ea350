using System.Buffers;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Logprobs;

/// <summary>Each byte is a token.</summary>
internal sealed class ByteTokenizer : ITokenizer
{
    public int VocabularySize => 256;

    public int LongestPieceBytes => 1;

    public int? BeginOfText => null;

    public bool AddsBeginOfText => false;

    public string BeginOfTextPiece => "";

    public string EndOfTextPiece => "";

    public IReadOnlyList<SpecialToken> SpecialTokens => [];

    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens) => throw new NotSupportedException();

    public int Decode(int token, Span<byte> utf8)
    {
        utf8[0] = (byte)token;
        return 1;
    }

    public bool IsEndOfGeneration(int token) => false;
}
