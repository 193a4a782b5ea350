using System.Buffers;

namespace PolarGrid.Engine.Text;

/// <summary>Text to token ids and back, for one model. Thread-safe.</summary>
public interface ITokenizer
{
    int VocabularySize { get; }

    /// <summary>Bytes of the longest token: with <see cref="KeepsEveryByte"/>, no text of n bytes has fewer than n divided by this many tokens.</summary>
    int LongestPieceBytes { get; }

    /// <summary>
    /// Whether every byte of a text is in some token. Where words are looked up whole it is not: white space has no token, and a word
    /// that nobody knows has one however long it is.
    /// </summary>
    bool KeepsEveryByte => true;

    /// <summary>The token that begins a text, where the model has one.</summary>
    int? BeginOfText { get; }

    /// <summary>Whether the model was trained with <see cref="BeginOfText"/> in front of every text.</summary>
    bool AddsBeginOfText { get; }

    /// <summary>The text of the token that begins / ends a text, for template variables; empty where there is none.</summary>
    string BeginOfTextPiece { get; }

    /// <inheritdoc cref="BeginOfTextPiece"/>
    string EndOfTextPiece { get; }

    /// <summary>Control tokens that template text may carry, longest text first. Never matched in a caller's text.</summary>
    IReadOnlyList<SpecialToken> SpecialTokens { get; }

    /// <summary>The token that the model was trained with at the end of every text that is read whole, where there is one.</summary>
    int? AppendedToken => null;

    /// <summary>The tokens that mark a gap to fill, where the model has them.</summary>
    InfillTokens? Infill => null;

    /// <summary>Appends the tokens of plain text: nothing in it becomes a control token, nothing is put in front.</summary>
    void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens);

    /// <summary>Writes a token's bytes, which may be part of a UTF-8 character. Control tokens have none.</summary>
    /// <param name="utf8">At least <see cref="LongestPieceBytes"/> long.</param>
    /// <returns>How many bytes were written.</returns>
    int Decode(int token, Span<byte> utf8);

    /// <summary>Whether the model ends its answer with this token.</summary>
    bool IsEndOfGeneration(int token);
}

/// <summary>A control token and how it treats the white space around it.</summary>
/// <param name="Text">As a template writes it.</param>
/// <param name="Id">In the vocabulary.</param>
/// <param name="StripLeft">White space before it is dropped.</param>
/// <param name="StripRight">White space after it is dropped.</param>
public sealed record SpecialToken(string Text, int Id, bool StripLeft = false, bool StripRight = false);

/// <summary>How a gap is written: prefix token, text before it, suffix token, text after it, middle token; the answer fills it.</summary>
public sealed record InfillTokens(int Prefix, int Suffix, int Middle);
