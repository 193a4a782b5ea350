using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>The KV cache of a context. The pointer that <see cref="Get"/> returns lives as long as the context.</summary>
internal static partial class NativeKv
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_get_memory")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Get(ContextHandle context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_clear")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void ClearAll(nint memory, [MarshalAs(UnmanagedType.U1)] bool data);

    /// <summary>Drops positions from <paramref name="from"/> up to but without <paramref name="to"/>; negative means open.</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_seq_rm")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool Remove(nint memory, int sequence, int from, int to);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_seq_cp")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Copy(nint memory, int source, int target, int from, int to);

    /// <returns>-1 when the sequence is empty.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_seq_pos_max")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int LastPosition(nint memory, int sequence);
}
