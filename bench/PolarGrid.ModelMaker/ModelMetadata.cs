using PolarGrid.ModelMaker.Gguf;
using PolarGrid.ModelMaker.Tokenizers;
using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.ModelMaker;

/// <summary>The keys that llama.cpp v0.5.0 reads for architecture <c>llama</c>.</summary>
internal static class ModelMetadata
{
    public static GgufMetadata Create(ModelShape shape, TensorType type, TokenizerData tokenizer)
    {
        var metadata = new GgufMetadata();
        metadata.Add("general.architecture", "llama");
        metadata.Add("general.type", "model");
        metadata.Add("general.name", $"random {shape.Name}");
        metadata.Add("general.description", "Random weights for speed measurements.");
        metadata.Add("general.file_type", FileType(type));
        metadata.Add("general.quantization_version", 2u);
        metadata.Add("general.alignment", GgufWriter.Alignment);
        metadata.Add("llama.context_length", (uint)shape.Context);
        metadata.Add("llama.embedding_length", (uint)shape.Width);
        metadata.Add("llama.block_count", (uint)shape.Layers);
        metadata.Add("llama.feed_forward_length", (uint)shape.FeedForward);
        metadata.Add("llama.attention.head_count", (uint)shape.Heads);
        metadata.Add("llama.attention.head_count_kv", (uint)shape.KeyValueHeads);
        metadata.Add("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        metadata.Add("llama.rope.freq_base", shape.RopeBase);
        metadata.Add("llama.rope.dimension_count", (uint)shape.HeadWidth);
        metadata.Add("llama.vocab_size", (uint)tokenizer.Tokens.Count);
        tokenizer.AddTo(metadata);
        return metadata;
    }

    /// <summary>llama.cpp's number for "mostly this type"; it only shows the name.</summary>
    public static uint FileType(TensorType type) => type switch
    {
        TensorType.F16 => 1,
        TensorType.Q4_0 => 2,
        TensorType.Q8_0 => 7,
        _ => 0,
    };
}
