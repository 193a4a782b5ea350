using PolarGrid.ModelMaker.Gguf;

namespace PolarGrid.ModelMaker.Tokenizers;

/// <summary>The tokenizer and chat template of another GGUF file, byte for byte.</summary>
internal static class CopiedTokenizer
{
    public static TokenizerData Read(FileInfo file)
    {
        using var reader = new GgufMetadataReader(file.FullName);
        var pairs = reader.Pairs().Where(pair => pair.Key.StartsWith("tokenizer.", StringComparison.Ordinal)).ToList();
        var texts = pairs.Find(pair => pair.Key == "tokenizer.ggml.tokens")?.AsStrings()
            ?? throw new InvalidDataException($"{file.Name} has no tokenizer.ggml.tokens.");
        var kinds = pairs.Find(pair => pair.Key == "tokenizer.ggml.token_type")?.AsIntegers();
        var tokens = texts.Select((text, id) => new TokenEntry(text, kinds is null ? TokenKind.Normal : (TokenKind)kinds[id])).ToList();
        return new TokenizerData(tokens, metadata =>
        {
            foreach (var pair in pairs) metadata.AddRaw(pair.Bytes);
        });
    }
}
