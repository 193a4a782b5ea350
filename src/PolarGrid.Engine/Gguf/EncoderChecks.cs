namespace PolarGrid.Engine.Gguf;

/// <summary>Checks what only models that turn texts into vectors have, some of it asserted by llama.cpp.</summary>
internal static class EncoderChecks
{
    private const string SentenceKinds = "tokenizer.ggml.token_type_count";

    public static void Check(GgufMetadata metadata, ModelShape shape)
    {
        var prefix = metadata.Architecture;
        metadata.FindUInt32($"{prefix}.pooling_type", 0, 4);
        metadata.FindFlag($"{prefix}.attention.causal");
        if (!KnownArchitectures.Encoders.Contains(prefix)) return;
        CheckHeads(metadata, prefix, shape);
        if (KnownArchitectures.RotatingEncoders.Contains(prefix)) CheckRotation(metadata, prefix, shape.KeyLength);
        var outKey = $"{prefix}.embedding_length_out";
        if (metadata.FindUInt32(outKey) is { } size && size != 0 && size != shape.EmbeddingLength)
            throw GgufFault.Inconsistent($"'{outKey}' is {size}; it must be the embedding length, {shape.EmbeddingLength}.", metadata.OffsetOf(outKey));
        if (KnownArchitectures.WithSentenceKinds.Contains(prefix) && (metadata.FindUInt32(SentenceKinds, 0, 1024) ?? 0) == 0)
            throw GgufFault.Inconsistent(
                $"'{SentenceKinds}' is missing or 0; this architecture has a vector for each kind of sentence.", metadata.OffsetOf(SentenceKinds));
    }

    private static void CheckHeads(GgufMetadata metadata, string prefix, ModelShape shape)
    {
        if (shape.KeyLength != shape.ValueLength)
            throw GgufFault.Inconsistent(
                $"Keys have {shape.KeyLength} numbers and values {shape.ValueLength}; in this architecture both have the same.",
                metadata.OffsetOf($"{prefix}.attention.key_length"));
        for (var block = 0; block < shape.BlockCount; block++)
        {
            var (heads, kvHeads) = (shape.HeadCounts[block], shape.KeyValueHeadCounts[block]);
            if (heads == 0 || kvHeads == 0)
                throw GgufFault.Inconsistent(
                    $"Block {block} has {heads} heads and {kvHeads} key-value heads; in this architecture every block has some.",
                    metadata.OffsetOf($"{prefix}.attention.head_count_kv"));
            if (prefix == "modern-bert" && heads != kvHeads)
                throw GgufFault.Inconsistent(
                    $"Block {block} has {heads} heads and {kvHeads} key-value heads; in this architecture there are as many of both.",
                    metadata.OffsetOf($"{prefix}.attention.head_count_kv"));
            if (prefix != "gemma-embedding" && (long)heads * shape.KeyLength != shape.EmbeddingLength)
                throw GgufFault.Inconsistent(
                    $"Block {block} has {heads} heads of {shape.KeyLength} numbers, which do not make up the embedding length, {shape.EmbeddingLength}.",
                    metadata.OffsetOf($"{prefix}.attention.key_length"));
        }
    }

    /// <summary>A head that is too short to be turned ends the process in the first pass.</summary>
    private static void CheckRotation(GgufMetadata metadata, string prefix, int keyLength)
    {
        var key = $"{prefix}.rope.dimension_count";
        var rotated = metadata.FindUInt32(key) ?? keyLength;
        if (rotated < 2 || rotated % 2 != 0 || rotated > keyLength)
            throw GgufFault.Inconsistent($"'{key}' is {rotated}; it must be even, at least 2 and at most the length of a key, {keyLength}.", metadata.OffsetOf(key));
    }

    /// <summary>What llama.cpp asserts about the sizes of tensors while it loads them.</summary>
    public static void CheckTensors(GgufMetadata metadata, ModelShape shape, IEnumerable<GgufTensor> tensors)
    {
        var prefix = metadata.Architecture;
        if (prefix == "jina-bert-v2") CheckGates(metadata, prefix, shape, tensors);
        if (prefix != "gemma-embedding") return;
        foreach (var name in (ReadOnlySpan<string>)["dense_2_feat_in", "dense_3_feat_out"])
        {
            var key = $"{prefix}.{name}";
            if (metadata.FindUInt32(key) is { } size && size != 0 && size != shape.EmbeddingLength)
                throw GgufFault.Inconsistent($"'{key}' is {size}; it must be the embedding length, {shape.EmbeddingLength}.", metadata.OffsetOf(key));
        }
    }

    /// <summary>The matrix into the feed-forward part may hold its gate as well, and then has twice as many rows.</summary>
    private static void CheckGates(GgufMetadata metadata, string prefix, ModelShape shape, IEnumerable<GgufTensor> tensors)
    {
        var lengths = metadata.FindPerLayer($"{prefix}.feed_forward_length", shape.BlockCount, int.MaxValue) ?? new int[shape.BlockCount];
        var byName = tensors.DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name);
        for (var block = 0; block < lengths.Length; block++)
        {
            if (!byName.TryGetValue($"blk.{block}.ffn_up.weight", out var matrix)) continue;
            var rows = matrix.Dimensions.Length > 1 ? matrix.Dimensions[1] : 1;
            if (rows != lengths[block] && rows != 2L * lengths[block])
                throw GgufFault.Inconsistent(
                    $"'{matrix.Name}' has {rows} rows; the metadata says {lengths[block]}, or twice that with a gate.", matrix.InfoOffset);
        }
    }

    /// <summary>Whether the model turns texts into vectors and cannot write one.</summary>
    public static bool ReadsOnly(GgufMetadata metadata) =>
        KnownArchitectures.Encoders.Contains(metadata.Architecture)
        || metadata.FindFlag($"{metadata.Architecture}.attention.causal") == false;
}
