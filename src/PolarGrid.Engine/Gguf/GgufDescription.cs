namespace PolarGrid.Engine.Gguf;

/// <summary>What a model file says about itself, after everything in it was found to fit together.</summary>
public sealed record GgufDescription
{
    public required uint Version { get; init; }

    public required string Architecture { get; init; }

    /// <summary>The model's own name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Of all parts, where the model is split over several files.</summary>
    public required long FileBytes { get; init; }

    public required long ParameterCount { get; init; }

    public required int TensorCount { get; init; }

    /// <summary>Bytes of tensor data by the type's name, the most first.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> BytesByType { get; init; }

    /// <summary>Tokens that the model was trained for.</summary>
    public required int ContextLength { get; init; }

    public required int BlockCount { get; init; }

    public required int EmbeddingLength { get; init; }

    /// <summary>For each block; zero where a block has no attention.</summary>
    public required IReadOnlyList<int> HeadCounts { get; init; }

    /// <summary>For each block; zero where a block keeps no keys and values.</summary>
    public required IReadOnlyList<int> KeyValueHeadCounts { get; init; }

    /// <summary>Numbers in one head's key; 0 for a model without attention.</summary>
    public required int KeyLength { get; init; }

    public required int ValueLength { get; init; }

    public required int VocabularySize { get; init; }

    public required string TokenizerModel { get; init; }

    /// <summary>How text is cut before tokens are merged; empty when the file does not say.</summary>
    public required string TokenizerPre { get; init; }

    public required string? ChatTemplate { get; init; }

    /// <summary>Further templates, such as one for tools, by their name.</summary>
    public required IReadOnlyDictionary<string, string> NamedChatTemplates { get; init; }

    /// <summary>Null when the file gives none.</summary>
    public required int? BosTokenId { get; init; }

    public required int? EosTokenId { get; init; }

    /// <summary>Null when the file leaves it to the tokenizer's kind.</summary>
    public required bool? AddsBos { get; init; }

    /// <summary>True of a model that turns texts into vectors and cannot write one, such as BERT.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>How states become one vector: 0 none, 1 mean, 2 first, 3 last, 4 a rank; null when the file does not say.</summary>
    public int? PoolingType { get; init; }

    /// <summary>How many files the model is spread over; 1 when it is whole.</summary>
    public required int SplitCount { get; init; }

    /// <summary>The type that most of the data is stored in, such as Q4_K.</summary>
    public string Quantisation => BytesByType.Count > 0 ? BytesByType[0].Key : string.Empty;

    /// <summary>
    /// Memory that one token's keys and values take in all blocks. An upper bound: blocks with a sliding window forget theirs.
    /// </summary>
    public long KeyValueBytesPerToken(GgmlType keys, GgmlType values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        long bytes = 0;
        foreach (var heads in KeyValueHeadCounts)
            bytes += RowBytes(keys, (long)heads * KeyLength) + RowBytes(values, (long)heads * ValueLength);
        return bytes;
    }

    private static long RowBytes(GgmlType type, long elements) =>
        (elements + type.BlockElements - 1) / type.BlockElements * type.BlockBytes;
}
