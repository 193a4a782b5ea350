using System.Buffers;
using System.Globalization;
using System.Text;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Running;

/// <summary>Token n is the text "n " and token 0 ends an answer; a character encodes as its own code.</summary>
internal sealed class LetterTokenizer(int vocabulary = 1000) : ITokenizer
{
    public int VocabularySize => vocabulary;

    public int LongestPieceBytes => 16;

    public int? BeginOfText => null;

    public bool AddsBeginOfText => false;

    public string BeginOfTextPiece => "";

    public string EndOfTextPiece => "<|end|>";

    public IReadOnlyList<SpecialToken> SpecialTokens { get; } = [new("<|end|>", 0)];

    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens)
    {
        foreach (var character in text) tokens.Write([character % vocabulary]);
    }

    public int Decode(int token, Span<byte> utf8) =>
        token == 0 ? 0 : Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{token} "), utf8);

    public bool IsEndOfGeneration(int token) => token == 0;
}
