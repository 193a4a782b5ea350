namespace PolarGrid.Engine.Gguf;

/// <summary>Checks that the tensors which every model has fit the sizes in the metadata.</summary>
internal static class TensorChecks
{
    private const string Embedding = "token_embd.weight";

    public static void Check(IReadOnlyList<GgufParts> parts, ModelShape shape, int vocabularySize)
    {
        if (parts.All(p => p.Tensors.Count == 0))
            throw new GgufFault("The file holds no tensors: it is a vocabulary, not a model.", 8, "Give a file with the model's weights.");
        var embedding = parts.SelectMany(p => p.Tensors).FirstOrDefault(t => t.Name == Embedding)
            ?? throw GgufFault.Inconsistent($"The file has no tensor '{Embedding}'.", 8);
        if (embedding.Dimensions is not [var row, var rows] || row != shape.EmbeddingLength || rows != vocabularySize)
            throw GgufFault.Inconsistent(
                $"'{Embedding}' is {string.Join(" × ", embedding.Dimensions)}; "
                + $"the metadata says {shape.EmbeddingLength} × {vocabularySize}.",
                embedding.InfoOffset);
    }
}
