namespace PolarGrid.Engine.Gguf;

/// <summary>What llama.cpp assumes about a kind of tokenizer where the file says nothing.</summary>
/// <param name="Bos">Id that starts a text; -1 for none.</param>
/// <param name="KnowsBytes">False where a token of the type byte makes detokenising abort.</param>
/// <param name="AddsBos">True where it may add that token by itself, which fails an assertion if there is none.</param>
internal sealed record TokenizerKind(int Bos, int Eos, bool AddsBos, bool AddsEos, bool NeedsMerges, bool NeedsBytes, bool KnowsBytes)
{
    public static TokenizerKind? Find(string model) => model switch
    {
        "llama" => new TokenizerKind(1, 2, AddsBos: true, AddsEos: false, NeedsMerges: false, NeedsBytes: true, KnowsBytes: true),
        "bert" => new TokenizerKind(101, -1, AddsBos: true, AddsEos: false, NeedsMerges: false, NeedsBytes: false, KnowsBytes: false),
        "gpt2" or "hybriddna" or "whitespace" =>
            new TokenizerKind(11, 11, AddsBos: true, AddsEos: false, NeedsMerges: true, NeedsBytes: false, KnowsBytes: true),
        "gemma4" => new TokenizerKind(-1, -1, AddsBos: true, AddsEos: false, NeedsMerges: true, NeedsBytes: false, KnowsBytes: true),
        "t5" => new TokenizerKind(-1, 1, AddsBos: false, AddsEos: true, NeedsMerges: false, NeedsBytes: false, KnowsBytes: true),
        "rwkv" => new TokenizerKind(-1, -1, AddsBos: false, AddsEos: false, NeedsMerges: false, NeedsBytes: false, KnowsBytes: true),
        "plamo2" => new TokenizerKind(1, 2, AddsBos: false, AddsEos: false, NeedsMerges: false, NeedsBytes: true, KnowsBytes: true),
        _ => null,
    };
}
