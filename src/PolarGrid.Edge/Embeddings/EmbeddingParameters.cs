using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Embeddings;

/// <summary>Every field of an embedding request that this server knows (wire format section 15).</summary>
internal static class EmbeddingParameters
{
    public static ParameterTable<EmbeddingDraft> Table { get; } = new(
    [
        Parameters.Text<EmbeddingDraft>("model", Parameters.AnyLength, static (draft, name) => draft.Model = name) with { Required = true },
        new(
            "input",
            ParameterAction.Honoured,
            "string, or array of strings, token ids, or arrays of token ids",
            "1 to 2048 inputs, none empty, 300000 tokens together",
            InputReader.Read)
        {
            Required = true,
        },
        Parameters.Choice<EmbeddingDraft>("encoding_format", ["float", "base64"], static (draft, format) => draft.AsBase64 = format == "base64"),
        Parameters.Integer<EmbeddingDraft>(
            "dimensions", 1, int.MaxValue, static (draft, value) => draft.Dimensions = (int)value, ParameterAction.Accepted) with
        {
            Range = "the model's own number",
        },
        Parameters.AcceptedText<EmbeddingDraft>("user"),
    ]);
}
