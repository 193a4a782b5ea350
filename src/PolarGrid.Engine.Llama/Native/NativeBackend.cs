using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>Process-wide start of llama and ggml, the registry of compute backends, and the log.</summary>
internal static unsafe partial class NativeBackend
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_backend_init")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Start();

    /// <summary>Loads the best library of every kind of backend in a folder. Only names <c>[lib]ggml-KIND-*</c> are looked at.</summary>
    [LibraryImport(NativeNames.Ggml, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void LoadAll(string folder);

    [LibraryImport(NativeNames.Ggml, EntryPoint = "ggml_backend_reg_by_name", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint RegistryByName(string name);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_reg_get_proc_address", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ProcAddress(nint registry, string name);

    /// <summary>Adds a device behind those that are known; the structure must live as long as the process.</summary>
    [LibraryImport(NativeNames.Ggml, EntryPoint = "ggml_backend_device_register")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void RegisterDevice(GgmlBackendDevice* device);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_reg_dev_get")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial GgmlBackendDevice* DeviceOf(nint registry, nuint index);

    /// <returns>A backend of the caller's own, or 0.</returns>
    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_dev_init")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Create(GgmlBackendDevice* device, byte* parameters);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Free(nint backend);

    /// <returns>0 when the graph was computed.</returns>
    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_graph_compute")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Compute(nint backend, nint graph);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_print_system_info")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* SystemInfo();

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_log_set")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetLog(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* data);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_threadpool_params_init")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void InitThreadpoolParams(GgmlThreadpoolParams* parameters, int threads);
}
