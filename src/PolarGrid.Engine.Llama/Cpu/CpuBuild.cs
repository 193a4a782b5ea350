using System.Runtime.InteropServices;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Cpu;

/// <summary>
/// A build of the library's CPU backend that is loaded beside the one that the library chose. Never unloaded. See docs/adr/0008.
/// </summary>
internal sealed unsafe class CpuBuild
{
    // What a registration must say for the layout of the structures in Native to be right.
    private const int InterfaceVersion = 2;

    // Builds with 512-bit vectors and no matrix unit, which lays weights out in its own way, and 256-bit ones for the same processors.
    private static readonly string[] Wide = ["skylakex", "cannonlake", "cascadelake", "icelake", "cooperlake", "zen4"];
    private static readonly string[] Narrow = ["alderlake", "haswell"];

    private readonly GgmlBackendDevice* device;
    private readonly delegate* unmanaged[Cdecl]<nint, int, void> setThreads;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, void> setThreadpool;

    private CpuBuild(string name, nint registry)
    {
        Name = name;
        Registry = registry;
        device = NativeBackend.DeviceOf(registry, 0);
        setThreads = (delegate* unmanaged[Cdecl]<nint, int, void>)NativeBackend.ProcAddress(registry, "ggml_backend_set_n_threads");
        setThreadpool = (delegate* unmanaged[Cdecl]<nint, nint, void>)NativeBackend.ProcAddress(registry, "ggml_backend_cpu_set_threadpool");
    }

    /// <summary>For example <c>haswell</c>.</summary>
    public string Name { get; }

    public nint Registry { get; }

    /// <summary>The build worth trying beside the chosen one: null where that one is no build for wide vectors, or none fits the machine.</summary>
    public static CpuBuild? Beside(string chosen, string folder)
    {
        if (!Wide.Contains(chosen)) return null;
        foreach (var name in Narrow)
        {
            if (Load(folder, name) is { } build) return build;
        }

        return null;
    }

    /// <returns>Null when there is no such build in the folder, or this machine cannot run it.</returns>
    public static CpuBuild? Load(string folder, string name)
    {
        var file = Path.Combine(folder, OperatingSystem.IsWindows() ? $"ggml-cpu-{name}.dll" : $"libggml-cpu-{name}.so");
        if (!File.Exists(file) || !NativeLibrary.TryLoad(file, out var library)) return null;
        if (!NativeLibrary.TryGetExport(library, "ggml_backend_score", out var score)
            || !NativeLibrary.TryGetExport(library, "ggml_backend_init", out var start)
            || ((delegate* unmanaged[Cdecl]<int>)score)() == 0) return null;
        var registry = ((delegate* unmanaged[Cdecl]<nint>)start)();
        if (registry == 0 || *(int*)registry != InterfaceVersion) return null;
        var build = new CpuBuild(name, registry);
        return build.setThreads is null || build.setThreadpool is null ? null : build;
    }

    /// <summary>A backend of this build with a pool of its own.</summary>
    public nint CreateBackend(ThreadpoolHandle pool)
    {
        var backend = NativeBackend.Create(device, null);
        if (backend == 0) throw new InvalidOperationException($"The CPU build {Name} gave no backend.");
        setThreadpool(backend, pool.DangerousGetHandle());
        return backend;
    }

    /// <param name="backend">Made here.</param>
    /// <param name="threads">No more than its pool has.</param>
    public void SetThreads(nint backend, int threads) => setThreads(backend, threads);
}
