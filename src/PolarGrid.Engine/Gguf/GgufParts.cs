namespace PolarGrid.Engine.Gguf;

/// <summary>One file as it was read: sound as a container, not yet checked as a model.</summary>
internal sealed record GgufParts(uint Version, long FileBytes, GgufMetadata Metadata, IReadOnlyList<GgufTensor> Tensors);
