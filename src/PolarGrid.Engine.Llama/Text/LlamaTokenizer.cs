using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Llama.Text;

/// <summary>The tokenizer of one model. Usable from any thread until the model and its runners are disposed.</summary>
/// <remarks>
/// Vocabularies of the SentencePiece kind may put one space in front of every text that is encoded, as the library does for every
/// stretch of text between control tokens; encode such a stretch in one call.
/// </remarks>
public sealed class LlamaTokenizer : ITokenizer
{
    // Texts up to this size get room for one token per byte, more than they can need; longer ones a guess and a second try.
    private const int ShortTextBytes = 4096;

    // llama_vocab_type: words are looked up in pieces, and text between them is dropped.
    private const int WordPieceVocabulary = 3, UnigramVocabulary = 4;

    private readonly ModelHandle model;
    private readonly nint vocabulary;
    private readonly PieceTable pieces;
    private readonly bool[] endsGeneration;
    private readonly int longestMarkup;

    private LlamaTokenizer(ModelHandle model, nint vocabulary)
    {
        this.model = model;
        this.vocabulary = vocabulary;
        VocabularySize = NativeVocabulary.Size(vocabulary);
        pieces = PieceTable.Read(vocabulary, VocabularySize);
        endsGeneration = new bool[VocabularySize];
        for (var token = 0; token < VocabularySize; token++) endsGeneration[token] = NativeVocabulary.IsEndOfGeneration(vocabulary, token);
        EndOfGenerationTokens = [.. Enumerable.Range(0, VocabularySize).Where(token => endsGeneration[token])];
        var type = NativeVocabulary.Type(vocabulary);

        // The library puts both tokens around every text of such a vocabulary, whatever the file says about adding them.
        var isWordPiece = type == WordPieceVocabulary;
        KeepsEveryByte = !isWordPiece && type != UnigramVocabulary;
        BeginOfText = TokenOrNone(NativeVocabulary.BeginOfText(vocabulary));
        AddsBeginOfText = BeginOfText is not null && (isWordPiece || NativeVocabulary.AddsBeginOfText(vocabulary));
        BeginOfTextPiece = BeginOfText is { } begin ? Text(begin) : "";
        EndOfTextPiece = TokenOrNone(NativeVocabulary.EndOfText(vocabulary)) is { } end ? Text(end) : "";
        Infill = ReadInfill();

        // As the library: elsewhere the separator is what stands between the two texts of a pair.
        AppendedToken = isWordPiece ? TokenOrNone(NativeVocabulary.Separator(vocabulary))
            : NativeVocabulary.AddsEndOfText(vocabulary) ? TokenOrNone(NativeVocabulary.EndOfText(vocabulary)) : null;
        SpecialTokens = ReadSpecialTokens(out longestMarkup);
    }

    public int VocabularySize { get; }

    public int LongestPieceBytes => pieces.Longest;

    public bool KeepsEveryByte { get; }

    public int? BeginOfText { get; }

    public bool AddsBeginOfText { get; }

    public string BeginOfTextPiece { get; }

    public string EndOfTextPiece { get; }

    public IReadOnlyList<SpecialToken> SpecialTokens { get; }

    public InfillTokens? Infill { get; }

    public int? AppendedToken { get; }

    /// <summary>The library's own; lives as long as the model.</summary>
    internal nint Vocabulary => vocabulary;

    /// <summary>All tokens that end an answer.</summary>
    internal int[] EndOfGenerationTokens { get; }

    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (text.IsEmpty) return;

        // Half a surrogate pair becomes U+FFFD, as everywhere in .NET.
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var held = false;
        try
        {
            model.DangerousAddRef(ref held);
            ReadOnlySpan<byte> rest = utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8));
            while (!rest.IsEmpty)
            {
                var part = MarkupGuard.NextPart(rest, longestMarkup);
                EncodePart(rest[..part], tokens);
                rest = rest[part..];
            }
        }
        finally
        {
            if (held) model.DangerousRelease();
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    public int Decode(int token, Span<byte> utf8)
    {
        CheckToken(token);
        var piece = pieces[token];
        piece.CopyTo(utf8);
        return piece.Length;
    }

    public bool IsEndOfGeneration(int token)
    {
        CheckToken(token);
        return endsGeneration[token];
    }

    internal static LlamaTokenizer Create(ModelHandle model)
    {
        var vocabulary = NativeVocabulary.Get(model);

        // Asking a model without a vocabulary anything else ends the process.
        if (NativeVocabulary.Type(vocabulary) == 0 || NativeVocabulary.Size(vocabulary) <= 0)
        {
            throw new ModelLoadException("The model has no vocabulary.");
        }

        return new LlamaTokenizer(model, vocabulary);
    }

    private static int? TokenOrNone(int token) => token >= 0 ? token : null;

    // The library knows them by the file's metadata, and by their texts in the vocabularies of models that have them.
    private InfillTokens? ReadInfill() =>
        TokenOrNone(NativeVocabulary.InfillPrefix(vocabulary)) is { } prefix
        && TokenOrNone(NativeVocabulary.InfillSuffix(vocabulary)) is { } suffix
        && TokenOrNone(NativeVocabulary.InfillMiddle(vocabulary)) is { } middle
        && Math.Max(prefix, Math.Max(suffix, middle)) < VocabularySize
            ? new InfillTokens(prefix, suffix, middle)
            : null;

    private unsafe void EncodePart(ReadOnlySpan<byte> text, IBufferWriter<int> tokens)
    {
        // A space may come in front, hence a little more than one token per byte.
        var room = text.Length <= ShortTextBytes ? text.Length + 8 : text.Length / 2;
        while (true)
        {
            var target = tokens.GetSpan(room);
            int count;
            fixed (byte* textStart = text)
            fixed (int* tokenStart = target)
            {
                count = NativeVocabulary.Tokenize(
                    vocabulary, textStart, text.Length, tokenStart, target.Length, addSpecial: false, parseSpecial: false);
            }

            if (count >= 0)
            {
                tokens.Advance(count);
                return;
            }

            if (count == int.MinValue || -count <= target.Length) throw new InvalidOperationException("The text has too many tokens.");
            room = -count;
        }
    }

    private IReadOnlyList<SpecialToken> ReadSpecialTokens(out int longest)
    {
        longest = 0;
        var special = new List<SpecialToken>();
        for (var token = 0; token < VocabularySize; token++)
        {
            var attributes = NativeVocabulary.Attributes(vocabulary, token);
            var isControl = attributes.HasFlag(LlamaTokenAttributes.Control);
            if (!isControl && !attributes.HasFlag(LlamaTokenAttributes.UserDefined)) continue;

            var utf8 = RawText(token);
            var isMarkup = !isControl && MarkupGuard.IsMarkup(utf8);
            if (isMarkup) longest = Math.Max(longest, utf8.Length);
            if (utf8.IsEmpty || !isControl && !isMarkup) continue;
            special.Add(new SpecialToken(
                Encoding.UTF8.GetString(utf8),
                token,
                attributes.HasFlag(LlamaTokenAttributes.StripLeft),
                attributes.HasFlag(LlamaTokenAttributes.StripRight)));
        }

        return [.. special.OrderByDescending(token => token.Text.Length).ThenBy(token => token.Id)];
    }

    private string Text(int token) => Encoding.UTF8.GetString(RawText(token));

    private unsafe ReadOnlySpan<byte> RawText(int token) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(NativeVocabulary.Text(vocabulary, token));

    private void CheckToken(int token)
    {
        if ((uint)token >= (uint)VocabularySize)
        {
            throw new ArgumentOutOfRangeException(nameof(token), token, $"The vocabulary has {VocabularySize} tokens.");
        }
    }
}
