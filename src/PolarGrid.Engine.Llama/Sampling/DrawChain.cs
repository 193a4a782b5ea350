using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>A native sampler chain that ends in a draw.</summary>
internal sealed unsafe class DrawChain : IDisposable
{
    private readonly SamplerHandle chain;

    private DrawChain() => chain = Created(NativeSampling.CreateChain(NativeSampling.DefaultChainParams()));

    /// <summary>Only the draw.</summary>
    public static DrawChain Plain(uint seed)
    {
        var draw = new DrawChain();
        draw.Add(NativeSampling.Distribution(seed));
        return draw;
    }

    /// <summary>In the library's own order: top_k, top_p, min_p, temperature, draw.</summary>
    public static DrawChain Truncating(SamplingSettings settings, uint seed)
    {
        var draw = new DrawChain();
        draw.Add(NativeSampling.TopK(settings.TopK));
        if (settings.TopP < 1) draw.Add(NativeSampling.TopP(settings.TopP, keep: 1));
        if (settings.MinP > 0) draw.Add(NativeSampling.MinP(settings.MinP, keep: 1));
        if (settings.Temperature != 1) draw.Add(NativeSampling.Temperature(settings.Temperature));
        draw.Add(NativeSampling.Distribution(seed));
        return draw;
    }

    /// <returns>The id of the chosen candidate. The candidates are used up.</returns>
    public int Choose(LlamaTokenData* candidates, int count)
    {
        var array = new LlamaTokenDataArray { Data = candidates, Size = (nuint)count, Selected = -1 };
        NativeSampling.Apply(chain, &array);
        return array.Selected >= 0 && (nuint)array.Selected < array.Size
            ? array.Data[array.Selected].Id
            : throw new InvalidOperationException($"The sampler chain chose none of {count} candidates.");
    }

    public void Dispose() => chain.Dispose();

    private void Add(nint sampler)
    {
        if (sampler == 0) throw new InvalidOperationException("The library could not create a sampler.");
        NativeSampling.Add(chain, sampler);
    }

    private static SamplerHandle Created(SamplerHandle chain) =>
        chain.IsInvalid ? throw new InvalidOperationException("The library could not create a sampler chain.") : chain;
}
