using PolarGrid.ModelMaker.Gguf;

namespace PolarGrid.ModelMaker.Tokenizers;

/// <summary>
/// A byte-level BPE tokenizer of any size: merges learnt from a list of common words come first, so that plain English text
/// becomes about one token a word; then words joined to words fill the vocabulary with valid merges that real text rarely needs.
/// </summary>
internal static class GeneratedTokenizer
{
    private const int EndOfText = 0;
    private const int EndOfMessage = 2;
    private static readonly string[] ControlTokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

    private static readonly string[] Endings =
    [
        "s", "ed", "ing", "er", "ers", "ly", "es", "al", "ion", "ment",
        "ness", "ful", "less", "able", "est", "ity", "ive", "ous", "ism", "ist",
    ];

    public static TokenizerData Create(int vocabularySize)
    {
        var symbols = ByteAlphabet.All.ToHashSet();
        var merges = new List<BpeMerge>();
        var mergesWanted = vocabularySize - ControlTokens.Length - symbols.Count;
        foreach (var merge in LearntMerges().Concat(FillingMerges(symbols)))
        {
            if (merges.Count >= mergesWanted) break;
            if (symbols.Add(merge.Joined)) merges.Add(merge);
        }

        if (merges.Count != mergesWanted) throw new InvalidDataException($"No tokenizer of {vocabularySize} tokens can be generated.");

        var tokens = ControlTokens.Select(text => new TokenEntry(text, TokenKind.Control))
            .Concat(ByteAlphabet.All.Concat(merges.Select(merge => merge.Joined)).Select(text => new TokenEntry(text, TokenKind.Normal)))
            .ToList();
        return new TokenizerData(tokens, metadata => AddTo(metadata, tokens, merges));
    }

    private static void AddTo(GgufMetadata metadata, List<TokenEntry> tokens, List<BpeMerge> merges)
    {
        metadata.Add("tokenizer.ggml.model", "gpt2");
        metadata.Add("tokenizer.ggml.pre", "smollm");
        metadata.Add("tokenizer.ggml.tokens", tokens.ConvertAll(token => token.Text));
        metadata.Add("tokenizer.ggml.token_type", tokens.ConvertAll(token => (int)token.Kind));
        metadata.Add("tokenizer.ggml.merges", merges.ConvertAll(merge => merge.ToString()));
        metadata.Add("tokenizer.ggml.bos_token_id", (uint)EndOfText);
        metadata.Add("tokenizer.ggml.eos_token_id", (uint)EndOfMessage);
        metadata.Add("tokenizer.ggml.padding_token_id", (uint)EndOfText);
        metadata.Add("tokenizer.ggml.add_bos_token", false);
        metadata.Add("tokenizer.ggml.add_space_prefix", false);
        metadata.Add("tokenizer.chat_template", Resource.Read("chat-template.jinja"));
    }

    /// <summary>Each word counts by its rank, most after a space, less at the start of a line or with a capital.</summary>
    private static IEnumerable<BpeMerge> LearntMerges()
    {
        var trainer = new BpeTrainer();
        var words = CommonWords();
        for (var rank = 0; rank < words.Count; rank++)
        {
            var weight = 100_000L / (rank + 10);
            var word = words[rank];
            var capital = char.ToUpperInvariant(word[0]) + word[1..];
            trainer.Add(ByteAlphabet.Encode(" " + word), 20 * weight);
            trainer.Add(ByteAlphabet.Encode(word), 4 * weight);
            trainer.Add(ByteAlphabet.Encode(" " + capital), 2 * weight);
            trainer.Add(ByteAlphabet.Encode(capital), weight);
        }

        foreach (var ending in Endings) trainer.Add(ending, 1);
        return trainer.Merges();
    }

    /// <param name="symbols">The symbols known so far; only they may be halves of a merge.</param>
    private static IEnumerable<BpeMerge> FillingMerges(IReadOnlySet<string> symbols)
    {
        var words = CommonWords();
        foreach (var tail in Endings.Concat(words).Where(symbols.Contains))
        {
            foreach (var head in words.Select(word => ByteAlphabet.Encode(" " + word)).Where(symbols.Contains))
                yield return new BpeMerge(head, tail);
        }
    }

    private static List<string> CommonWords() =>
        [.. Resource.Read("words.txt").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
