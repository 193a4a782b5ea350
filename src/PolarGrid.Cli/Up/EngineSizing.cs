using PolarGrid.Engine.Llama.Model;

namespace PolarGrid.Cli.Up;

/// <summary>How long one conversation may be and how many tokens the KV cache holds for all.</summary>
/// <param name="ContextTokens">Of one sequence.</param>
/// <param name="KvTokens">Of all sequences together; a multiple of 256, at least <paramref name="ContextTokens"/>.</param>
internal sealed record EngineSizing(int ContextTokens, int KvTokens)
{
    private const int Step = 256;
    private const int MostDefaultKvTokens = 65_536;

    // Without a setting the cache takes a small share of the machine: it is cleared at start, so all of it becomes resident.
    private const long MostDefaultKvBytes = 1L << 30;

    /// <summary>Sizes the cache of one model.</summary>
    /// <param name="model">Tells its trained context and the bytes of a cell.</param>
    /// <param name="settings">What the operator fixed.</param>
    /// <param name="memoryBytes">Memory of the machine.</param>
    public static EngineSizing For(LlamaModelInfo model, UpSettings settings, long memoryBytes)
    {
        var affordable = AffordableTokens(model, memoryBytes);
        var context = settings.ContextTokens ?? Math.Min(model.TrainedContextTokens, settings.KvTokens ?? affordable);
        var kv = settings.KvTokens ?? Math.Max(context, Math.Min(affordable, (int)Math.Min((long)context * settings.Parallel, MostDefaultKvTokens)));
        return new EngineSizing(context, (kv + Step - 1) / Step * Step);
    }

    private static int AffordableTokens(LlamaModelInfo model, long memoryBytes)
    {
        if (model.KvBytesPerToken == 0) return MostDefaultKvTokens;
        var bytes = Math.Min(MostDefaultKvBytes, memoryBytes / 4);
        return (int)Math.Clamp(bytes / model.KvBytesPerToken, Step, 1 << 24);
    }
}
