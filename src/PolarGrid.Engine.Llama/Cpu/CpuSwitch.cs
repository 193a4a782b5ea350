using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Cpu;

/// <summary>Computes the graphs of one context with one of two builds of the CPU backend. Used by the context's thread only.</summary>
/// <remarks>Both read the same weights and cache: the caller sees to it that no weights were laid out for one of them alone.</remarks>
internal sealed unsafe class CpuSwitch : IDisposable
{
    private readonly CpuBuild other;
    private readonly ThreadpoolHandle pool;
    private readonly nint otherBackend;
    private GgmlBackend* chosen;
    private delegate* unmanaged[Cdecl]<nint, nint, int> compute;
    private delegate* unmanaged[Cdecl]<nint, void> free;
    private int threads;
    private bool disposed;

    /// <param name="other">Beside the one that the library chose.</param>
    /// <param name="threads">1 to 512, the context's thread included.</param>
    /// <param name="poll">See <see cref="ThreadpoolHandle.Create"/>.</param>
    /// <param name="nice">The same.</param>
    public CpuSwitch(CpuBuild other, int threads, int poll, int nice)
    {
        this.other = other;
        pool = ThreadpoolHandle.Create(threads, poll, nice, other.Registry);
        otherBackend = other.CreateBackend(pool);
    }

    public bool IsAttached => chosen is not null;

    /// <summary>Whether the other build computes from now on.</summary>
    public bool UsesOther { get; set; }

    /// <summary>Passes that the other build has computed.</summary>
    public int OtherGraphs { get; private set; }

    /// <summary>The kernel's numbers of the other build's own threads.</summary>
    public int[] Workers => pool.Workers;

    /// <summary>How many threads the other build uses, no more than it was made with; the library tells the chosen one itself.</summary>
    public void SetThreads(int count)
    {
        if (count == threads) return;
        threads = count;
        other.SetThreads(otherBackend, count);
    }

    /// <summary>Frees the other build's backend. The context must be gone.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        NativeBackend.Free(otherBackend);
        pool.Dispose();
    }

    internal void Attach(GgmlBackend* backend)
    {
        chosen = backend;
        compute = backend->Compute;
        free = backend->Free;
    }

    internal int Compute(nint graph)
    {
        if (!UsesOther) return compute((nint)chosen, graph);
        OtherGraphs++;
        return NativeBackend.Compute(otherBackend, graph);
    }

    internal void Detach()
    {
        var backend = chosen;
        chosen = null;
        free((nint)backend);
    }
}
