using PolarGrid.ModelMaker.Gguf;
using PolarGrid.ModelMaker.Tokenizers;
using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.ModelMaker.Encoders;

/// <summary>The keys that llama.cpp v0.5.0 reads for BERT-like architectures.</summary>
internal static class EncoderMetadata
{
    /// <summary>Rows of the tensor with a vector per kind of sentence; the library uses the first.</summary>
    public const int TokenTypes = 2;

    /// <summary>How wide a layer looks that looks at neighbours only.</summary>
    private const int NeighbourTokens = 32;

    public static GgufMetadata Create(EncoderShape shape, TensorType type, TokenizerData tokenizer)
    {
        var metadata = new GgufMetadata();
        var prefix = shape.Architecture;
        metadata.Add("general.architecture", prefix);
        metadata.Add("general.type", "model");
        metadata.Add("general.name", $"random {shape.Name}");
        metadata.Add("general.description", "Random weights for speed measurements.");
        metadata.Add("general.file_type", ModelMetadata.FileType(type));
        metadata.Add("general.quantization_version", 2u);
        metadata.Add("general.alignment", GgufWriter.Alignment);
        metadata.Add($"{prefix}.context_length", (uint)shape.Context);
        metadata.Add($"{prefix}.embedding_length", (uint)shape.Width);
        metadata.Add($"{prefix}.block_count", (uint)shape.Layers);
        metadata.Add($"{prefix}.feed_forward_length", (uint)shape.FeedForward);
        metadata.Add($"{prefix}.attention.head_count", (uint)shape.Heads);
        metadata.Add($"{prefix}.attention.layer_norm_epsilon", 1e-12f);
        metadata.Add($"{prefix}.attention.causal", false);
        metadata.Add($"{prefix}.pooling_type", (uint)shape.Pooling);
        if (shape.Rotates) metadata.Add($"{prefix}.rope.freq_base", 1_000f);
        if (shape.NormsFirst)
        {
            metadata.Add($"{prefix}.attention.sliding_window", (uint)NeighbourTokens);
            metadata.Add($"{prefix}.rope.freq_base_swa", 100f);
        }

        metadata.Add("tokenizer.ggml.token_type_count", (uint)TokenTypes);
        tokenizer.AddTo(metadata);
        return metadata;
    }
}
