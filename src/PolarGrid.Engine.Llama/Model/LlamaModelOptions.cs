namespace PolarGrid.Engine.Llama.Model;

/// <summary>How the weights of a model are brought in.</summary>
public sealed record LlamaModelOptions
{
    /// <summary>Layers to put on a GPU, 0 to 1000; more than the model has means all. Without a GPU backend it has no effect.</summary>
    public int GpuLayers { get; init; }

    /// <summary>
    /// Map the file instead of reading it: loads at once and shares pages between processes. Weights that are repacked for the CPU
    /// are copied out of the mapping either way.
    /// </summary>
    public bool MemoryMap { get; init; } = true;

    /// <summary>Let ggml lay out weights for this CPU's instructions while loading: slower to load, faster prompts.</summary>
    public bool RepackWeights { get; init; } = true;

    internal string? Validate() =>
        GpuLayers is < 0 or > 1000 ? $"GpuLayers is {GpuLayers}; it must be between 0 and 1000." : null;
}
