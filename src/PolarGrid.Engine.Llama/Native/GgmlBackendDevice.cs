using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary><c>ggml_backend_device</c>: what the library asks for backends and buffers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GgmlBackendDevice
{
    public nint GetName;
    public nint GetDescription;
    public nint GetMemory;
    public nint GetKind;
    public nint GetProperties;

    /// <summary>Device and parameters; returns a backend, or 0.</summary>
    public delegate* unmanaged[Cdecl]<nint, byte*, nint> CreateBackend;
    public nint GetBufferType;
    public nint GetHostBufferType;
    public nint WrapPointer;
    public nint SupportsOperation;
    public nint SupportsBufferType;
    public nint OffloadsOperation;
    public nint NewEvent;
    public nint FreeEvent;
    public nint SynchronizeEvent;
    public nint Registry;
    public nint Context;
}
