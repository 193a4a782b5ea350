namespace PolarGrid.Engine.Gguf;

/// <summary>
/// Looks into a model file before native code does. llama.cpp aborts the process on many kinds of damage, 37 bytes being enough,
/// so that no file reaches it that was not found sound here. Reads the header only, some milliseconds for any size of model.
/// </summary>
public static class GgufFile
{
    private const string NamedTemplate = GgufMetadata.ChatTemplate + ".";

    /// <summary>Never throws for what is in the file, nor when it cannot be opened.</summary>
    /// <param name="path">The file, or the first of the files that a model is split over.</param>
    public static GgufResult Inspect(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var parts = SplitReader.ReadAll(path);
            var shape = ShapeChecks.Check(parts[0].Metadata);
            EncoderChecks.Check(parts[0].Metadata, shape);
            var vocabulary = TokenizerChecks.Check(parts[0].Metadata);
            TensorChecks.Check(parts, shape, vocabulary);
            EncoderChecks.CheckTensors(parts[0].Metadata, shape, parts.SelectMany(part => part.Tensors));
            return new GgufResult(Describe(parts, shape, vocabulary));
        }
        catch (GgufFault fault)
        {
            return new GgufResult(fault.Error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new GgufResult(new GgufError($"There is no file '{path}'.", 0, "Check the path."));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new GgufResult(new GgufError(
                $"The file cannot be read: {error.Message}", 0, "Check that it is a file and that this account may read it."));
        }
    }

    private static KeyValuePair<string, long>[] BytesByType(GgufTensor[] tensors) =>
    [
        .. tensors.GroupBy(t => t.Type.Name)
            .Select(g => KeyValuePair.Create(g.Key, g.Sum(t => t.Bytes)))
            .OrderByDescending(p => p.Value),
    ];

    private static GgufDescription Describe(List<GgufParts> parts, ModelShape shape, int vocabulary)
    {
        var metadata = parts[0].Metadata;
        var tensors = parts.SelectMany(p => p.Tensors).ToArray();
        return new GgufDescription
        {
            Version = parts[0].Version,
            Architecture = metadata.Architecture,
            Name = metadata.FindText("general.name") ?? string.Empty,
            FileBytes = parts.Sum(p => p.FileBytes),
            ParameterCount = tensors.Sum(t => t.Elements),
            TensorCount = tensors.Length,
            BytesByType = BytesByType(tensors),
            ContextLength = shape.ContextLength,
            BlockCount = shape.BlockCount,
            EmbeddingLength = shape.EmbeddingLength,
            HeadCounts = shape.HeadCounts,
            KeyValueHeadCounts = shape.KeyValueHeadCounts,
            KeyLength = shape.KeyLength,
            ValueLength = shape.ValueLength,
            VocabularySize = vocabulary,
            TokenizerModel = metadata.RequireText(GgufMetadata.TokenizerModel),
            TokenizerPre = metadata.FindText("tokenizer.ggml.pre") ?? string.Empty,
            ChatTemplate = metadata.FindText(GgufMetadata.ChatTemplate),
            NamedChatTemplates = metadata.Entries
                .Where(e => e.Text is not null && e.Key.StartsWith(NamedTemplate, StringComparison.Ordinal))
                .ToDictionary(e => e.Key[NamedTemplate.Length..], e => e.Text!),
            BosTokenId = (int?)metadata.FindUInt32("tokenizer.ggml.bos_token_id"),
            EosTokenId = (int?)metadata.FindUInt32("tokenizer.ggml.eos_token_id"),
            AddsBos = metadata.FindFlag("tokenizer.ggml.add_bos_token"),
            PoolingType = (int?)metadata.FindUInt32($"{metadata.Architecture}.pooling_type"),
            ReadsOnly = EncoderChecks.ReadsOnly(metadata),
            SplitCount = parts.Count,
        };
    }
}
