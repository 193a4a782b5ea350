using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary><c>llama_model_params</c>, v0.5.0. Booleans are one byte.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaModelParams
{
    public nint Devices;
    public nint TensorBufferOverrides;
    public int GpuLayers;
    public int SplitMode;
    public LlamaLoadMode LoadMode;
    public int LazyMode;
    public int MainGpu;
    public nint TensorSplit;

    /// <summary>Returning 0 ends the load; the result is then a null handle.</summary>
    public delegate* unmanaged[Cdecl]<float, void*, byte> ProgressCallback;
    public void* ProgressCallbackData;
    public nint MetadataOverrides;
    public byte VocabularyOnly;
    public byte CheckTensors;
    public byte UseExtraBufferTypes;
    public byte NoHost;
    public byte NoAlloc;
    public byte LoadMtp;
}

/// <summary><c>llama_load_mode</c>.</summary>
internal enum LlamaLoadMode
{
    Auto = -1,
    None = 0,
    Mmap = 1,
    Mlock = 2,
    MmapMlock = 3,
    DirectIo = 4,
}
