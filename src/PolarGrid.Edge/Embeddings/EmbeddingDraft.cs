using PolarGrid.Engine;

namespace PolarGrid.Edge.Embeddings;

/// <summary>What was read from the body of an embedding request.</summary>
internal sealed class EmbeddingDraft
{
    public string Model { get; set; } = "";

    public List<Prompt> Inputs { get; } = [];

    /// <summary>Whether <c>input</c> is a list of inputs, so that errors name one of them.</summary>
    public bool IsList { get; set; }

    public bool AsBase64 { get; set; }

    public int? Dimensions { get; set; }

    /// <summary>How errors call an input.</summary>
    public string PathOf(int input) => IsList ? $"input[{input}]" : "input";
}
