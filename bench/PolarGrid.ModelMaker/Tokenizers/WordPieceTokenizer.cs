using PolarGrid.ModelMaker.Gguf;

namespace PolarGrid.ModelMaker.Tokenizers;

/// <summary>
/// A WordPiece tokenizer of any size as GGUF files hold it: a piece that begins a word carries a lower block in front, one that goes on
/// carries nothing. Characters of several scripts come first, then common words and endings, then joined words to fill it.
/// </summary>
internal static class WordPieceTokenizer
{
    private const string WordBegin = "\u2581";
    private const int Unknown = 100, Begin = 101, Separator = 102, Mask = 103, Padding = 0;

    /// <summary>Latin, digits, punctuation, Greek, Cyrillic, kana, and a few Chinese characters; other text is unknown.</summary>
    private static readonly (char First, char Last)[] Characters =
    [
        ('!', '@'), ('[', '`'), ('a', '~'), ('\u00A1', '\u00BF'), ('\u00DF', '\u00FF'), ('\u03B1', '\u03C9'), ('\u0430', '\u044F'),
        ('\u2010', '\u2027'), ('\u3041', '\u3096'), ('\u30A1', '\u30FA'), ('\u4E00', '\u4E2F'), ('\u65E5', '\u65E5'), ('\u672C', '\u672C'),
    ];

    private static readonly string[] Endings = ["s", "ed", "ing", "er", "ly", "es", "al", "ion", "ment", "ness", "ful", "able", "est", "ity"];

    public static TokenizerData Create(int vocabularySize)
    {
        var tokens = new List<TokenEntry>(vocabularySize);
        for (var id = 0; id <= Mask; id++) tokens.Add(new TokenEntry(Special(id), id is 0 or >= Unknown ? TokenKind.Control : TokenKind.Normal));
        var known = tokens.Select(token => token.Text).ToHashSet();
        foreach (var piece in Pieces())
        {
            if (tokens.Count == vocabularySize) break;
            if (known.Add(piece)) tokens.Add(new TokenEntry(piece, TokenKind.Normal));
        }

        if (tokens.Count != vocabularySize) throw new InvalidDataException($"No WordPiece vocabulary of {vocabularySize} tokens can be generated.");
        return new TokenizerData(tokens, metadata => AddTo(metadata, tokens));
    }

    private static string Special(int id) => id switch
    {
        Padding => "[PAD]",
        Unknown => "[UNK]",
        Begin => "[CLS]",
        Separator => "[SEP]",
        Mask => "[MASK]",
        _ => $"[unused{id - 1}]",
    };

    private static IEnumerable<string> Pieces()
    {
        foreach (var (first, last) in Characters)
        {
            for (var character = first; character <= last; character++)
            {
                yield return WordBegin + character;
                yield return character.ToString();
            }
        }

        foreach (var ending in Endings) yield return ending;
        string[] words = [.. Resource.Read("words.txt").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct()];
        foreach (var word in words) yield return WordBegin + word;
        foreach (var word in words)
        {
            foreach (var ending in Endings) yield return WordBegin + word + ending;
        }

        foreach (var tail in words)
        {
            foreach (var head in words) yield return WordBegin + head + tail;
        }
    }

    private static void AddTo(GgufMetadata metadata, List<TokenEntry> tokens)
    {
        metadata.Add("tokenizer.ggml.model", "bert");
        metadata.Add("tokenizer.ggml.pre", "default");
        metadata.Add("tokenizer.ggml.tokens", tokens.ConvertAll(token => token.Text));
        metadata.Add("tokenizer.ggml.token_type", tokens.ConvertAll(token => (int)token.Kind));
        metadata.Add("tokenizer.ggml.bos_token_id", (uint)Begin);
        metadata.Add("tokenizer.ggml.unknown_token_id", (uint)Unknown);
        metadata.Add("tokenizer.ggml.seperator_token_id", (uint)Separator);
        metadata.Add("tokenizer.ggml.padding_token_id", (uint)Padding);
        metadata.Add("tokenizer.ggml.mask_token_id", (uint)Mask);
    }
}
