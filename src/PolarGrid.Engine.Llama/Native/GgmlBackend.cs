using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary><c>ggml_backend</c>: what computes graphs for one context. Its functions may be replaced by whoever made it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GgmlBackend
{
    public nint Guid;
    public nint GetName;
    public delegate* unmanaged[Cdecl]<nint, void> Free;
    public nint SetTensor;
    public nint GetTensor;
    public nint SetTensor2d;
    public nint GetTensor2d;
    public nint CopyTensor;
    public nint Synchronize;
    public nint CreatePlan;
    public nint FreePlan;
    public nint UpdatePlan;
    public nint ComputePlan;

    /// <summary>Backend and graph; returns 0 when it was computed.</summary>
    public delegate* unmanaged[Cdecl]<nint, nint, int> Compute;
    public nint RecordEvent;
    public nint WaitForEvent;
    public nint Optimise;
    public nint Device;
    public nint Context;
}
