using System.Buffers;
using System.Text;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Grammars;

/// <summary>A vocabulary of given pieces, then every byte, then an end and a control token.</summary>
internal sealed class PieceTokenizer : ITokenizer
{
    private readonly byte[][] pieces;

    public PieceTokenizer(params string[] words)
    {
        pieces = [.. words.Select(Encoding.UTF8.GetBytes), .. Enumerable.Range(0, 256).Select(value => new[] { (byte)value }), [], []];
        SpecialTokens = [new SpecialToken("<|end|>", End), new SpecialToken("[CALL]", Control)];
    }

    public int End => pieces.Length - 2;

    public int Control => pieces.Length - 1;

    public int VocabularySize => pieces.Length;

    public int LongestPieceBytes => pieces.Max(piece => piece.Length);

    public int? BeginOfText => null;

    public bool AddsBeginOfText => false;

    public string BeginOfTextPiece => "";

    public string EndOfTextPiece => "<|end|>";

    public IReadOnlyList<SpecialToken> SpecialTokens { get; }

    /// <summary>The token of a piece.</summary>
    public int this[string piece] => Array.FindIndex(pieces, known => known.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(piece)));

    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens)
    {
        foreach (var value in Encoding.UTF8.GetBytes(text.ToString())) tokens.Write([pieces.Length - 258 + value]);
    }

    public int Decode(int token, Span<byte> utf8)
    {
        pieces[token].CopyTo(utf8);
        return pieces[token].Length;
    }

    public bool IsEndOfGeneration(int token) => token == End;
}
