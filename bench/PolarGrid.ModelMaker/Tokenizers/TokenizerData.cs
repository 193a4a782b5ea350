using PolarGrid.ModelMaker.Gguf;

namespace PolarGrid.ModelMaker.Tokenizers;

/// <param name="AddTo">Adds every <c>tokenizer.*</c> key.</param>
internal sealed record TokenizerData(IReadOnlyList<TokenEntry> Tokens, Action<GgufMetadata> AddTo);
