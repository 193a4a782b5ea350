using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;

namespace PolarGrid.Cli.Up;

/// <summary>How long one conversation may be and how many tokens the KV cache holds for all.</summary>
/// <param name="ContextTokens">Of one sequence.</param>
/// <param name="KvTokens">Of all sequences together; a multiple of 256, at least <paramref name="ContextTokens"/>.</param>
/// <param name="Layout">Whose the cells are.</param>
/// <param name="Sequences">Running and warm ones.</param>
internal sealed record EngineSizing(int ContextTokens, int KvTokens, KvLayout Layout, int Sequences)
{
    private const int Step = 256;
    private const int MostDefaultKvTokens = 65_536;
    private const int WarmShare = 3;

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
        kv = UpToStep(kv);

        // With a whole context for every running answer there is nothing to gain from one buffer, and attention is cheaper without it.
        var separate = settings.KvLayout switch
        {
            null => !model.KeepsState && kv / context >= settings.Parallel,
            var layout => layout == KvLayout.Separate,
        };
        return separate
            ? new EngineSizing(
                context, kv, KvLayout.Separate, Math.Clamp(kv / context, settings.Parallel, LlamaRunnerOptions.MostSequences))
            : new EngineSizing(context, kv, KvLayout.Shared, Math.Min(LlamaRunnerOptions.MostSequences, settings.Parallel * WarmShare));
    }

    private static int UpToStep(int tokens) => (tokens + Step - 1) / Step * Step;

    private static int AffordableTokens(LlamaModelInfo model, long memoryBytes)
    {
        if (model.KvBytesPerToken == 0) return MostDefaultKvTokens;
        var bytes = Math.Min(MostDefaultKvBytes, memoryBytes / 4);
        return (int)Math.Clamp(bytes / model.KvBytesPerToken, Step, 1 << 24);
    }
}
