using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>
/// A ggml thread pool. Its functions live in the CPU backend that was chosen at run time, not in a library that can be imported
/// from, so they are asked for by name.
/// </summary>
internal sealed unsafe class ThreadpoolHandle : SafeHandle
{
    private readonly delegate* unmanaged[Cdecl]<nint, void> free;

    private ThreadpoolHandle(nint pool, delegate* unmanaged[Cdecl]<nint, void> free, int[] workers)
        : base(0, ownsHandle: true)
    {
        this.free = free;
        Workers = workers;
        SetHandle(pool);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The kernel's numbers of the pool's own threads, the calling one not among them; empty where they are not known.</summary>
    public int[] Workers { get; }

    /// <param name="threads">1 to 512, the calling thread included: a pool of one has no thread of its own.</param>
    /// <param name="poll">0 to 100: how long workers spin between graphs before they sleep.</param>
    /// <param name="nice">Tried for the pool's threads; the calling thread keeps its own.</param>
    /// <param name="registry">Of the build whose pool it is; 0: of the one that the library chose.</param>
    public static ThreadpoolHandle Create(int threads, int poll, int nice, nint registry = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 512);
        ArgumentOutOfRangeException.ThrowIfLessThan(poll, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(poll, 100);

        if (registry == 0) registry = NativeBackend.RegistryByName("CPU");
        if (registry == 0) throw new NativeLibraryException("No CPU backend is loaded.");
        var create = (delegate* unmanaged[Cdecl]<GgmlThreadpoolParams*, nint>)NativeBackend.ProcAddress(registry, "ggml_threadpool_new");
        var free = (delegate* unmanaged[Cdecl]<nint, void>)NativeBackend.ProcAddress(registry, "ggml_threadpool_free");
        if (create is null || free is null) throw new NativeLibraryException("The CPU backend has no thread pool functions.");

        GgmlThreadpoolParams parameters;
        NativeBackend.InitThreadpoolParams(&parameters, threads);
        parameters.Poll = (uint)poll;

        // The pool's threads inherit the nice value of the thread that creates them.
        var own = ThreadNice.Get();
        var changed = nice != own && ThreadNice.TrySet(nice);
        var chosen = (nint)(&parameters);
        var pool = ThreadName.Watch(() => create((GgmlThreadpoolParams*)chosen), out var workers);
        var handle = new ThreadpoolHandle(pool, free, workers);
        if (changed) ThreadNice.TrySet(own);
        return handle.IsInvalid ? throw new InvalidOperationException("ggml_threadpool_new failed.") : handle;
    }

    protected override bool ReleaseHandle()
    {
        free(handle);
        return true;
    }
}
