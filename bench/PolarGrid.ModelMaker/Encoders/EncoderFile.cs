using PolarGrid.ModelMaker.Gguf;
using PolarGrid.ModelMaker.Tokenizers;
using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.ModelMaker.Encoders;

/// <summary>A whole encoder with random weights: the same shape, type and seed give the same file.</summary>
internal static class EncoderFile
{
    /// <param name="tokenizer">Null: WordPiece of the shape's size.</param>
    /// <returns>How many parameters and tokens it has.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static (long Parameters, int Tokens) Write(
        string path, EncoderShape shape, TensorType type, ulong seed, TokenizerData? tokenizer = null)
    {
        tokenizer ??= WordPieceTokenizer.Create(shape.Vocabulary);
        var metadata = EncoderMetadata.Create(shape, type, tokenizer);
        var tensors = EncoderTensors.Create(shape, type, tokenizer.Tokens.Count, seed);
        GgufWriter.Write(path, metadata, tensors);
        return (tensors.Sum(tensor => (long)tensor.Rows * tensor.Columns), tokenizer.Tokens.Count);
    }
}
