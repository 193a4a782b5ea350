using System.Collections.Frozen;

namespace PolarGrid.Engine.Gguf;

/// <summary>The architectures that llama.cpp 0.5.0 can run as a language model.</summary>
internal static class KnownArchitectures
{
    /// <summary>Models without attention heads, which need no head count.</summary>
    public static readonly FrozenSet<string> Recurrent = Split("mamba mamba2 rwkv6 rwkv6qwen2 rwkv7 arwkv7");

    /// <summary>Architectures whose rotated dimensions must be exactly the length of a key.</summary>
    public static readonly FrozenSet<string> FullyRotated = Split("llama deci falcon llama-embed");

    /// <summary>
    /// Models that turn a text into vectors and write none: every token sees all others, there is no cache, and there are no logits.
    /// </summary>
    public static readonly FrozenSet<string> Encoders = Split(
        "bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert gemma-embedding");

    /// <summary>Encoders that tell positions by turning keys.</summary>
    public static readonly FrozenSet<string> RotatingEncoders = Split(
        "modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v3 eurobert gemma-embedding");

    /// <summary>Architectures that need to be told how many kinds of sentences there are.</summary>
    public static readonly FrozenSet<string> WithSentenceKinds = Split("bert nomic-bert nomic-bert-moe jina-bert-v2 jina-bert-v3");

    private static readonly FrozenSet<string> Names = Split(
        """
        llama llama4 deci falcon grok gpt2 gptj gptneox mpt baichuan starcoder refact bert modern-bert nomic-bert nomic-bert-moe
        neo-bert jina-bert-v2 jina-bert-v3 eurobert bloom stablelm qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl
        qwen3vlmoe qwen35 qwen35moe qwen4exp phi2 phi3 phimoe plamo plamo2 plamo3 codeshell orion internlm2 minicpm minicpm3 gemma
        gemma2 gemma3 gemma3n gemma4 gemma4-assistant gemma-embedding starcoder2 mamba mamba2 maple jamba falcon-h1 xverse command-r
        cohere2 cohere2moe dbrx olmo olmo2 olmoe muse-glimmer openelm arctic deepseek deepseek2 deepseek2-ocr deepseek32 deepseek4
        chatglm glm4 glm4moe glm-dsa bitnet t5 t5encoder jais jais2 nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe
        rwkv6 rwkv6qwen2 rwkv7 arwkv7 granite granitemoe granitehybrid graniteswitch granite_swa chameleon wavtokenizer-dec plm
        bailingmoe bailingmoe2 bailingmoe3 dots1 dots3note arcee afmoe laguna ernie4_5 ernie4_5-moe hunyuan-moe hunyuan-dense
        hunyuan_vl hy_v3 hy_v4 smollm3 gpt-oss lfm2 lfm2moe dream smallthinker llada llada-moe seed_oss grovemoe apertus minimax-01
        hrm_text minimax-m2 minimax-m3 cogvlm rnd1 pangu-embedded mistral3 eagle3 dflash mistral4 paddleocr mimo2 step35 spark2_5
        llama-embed maincoder kimi-linear kimi-k3 talkie mellum nanbeige qwen3tts pockettts
        """);

    public static bool Contains(string name) => Names.Contains(name);

    private static FrozenSet<string> Split(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
