using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>On which processors a thread may run, on Linux; elsewhere nothing is known and nothing happens.</summary>
internal static unsafe partial class ThreadProcessors
{
    // As many as any Linux kernel is built for.
    private const int MaskBytes = 8192 / 8;

    /// <summary>Numbers of the processors that the calling thread may use, ascending; empty where that is not known.</summary>
    public static int[] Allowed()
    {
        var mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        if (!OperatingSystem.IsLinux() || GetAffinity(0, MaskBytes, mask) != 0) return [];
        var allowed = new List<int>();
        for (var processor = 0; processor < 8 * MaskBytes; processor++)
        {
            if ((mask[processor >> 3] & (1 << (processor & 7))) != 0) allowed.Add(processor);
        }

        return [.. allowed];
    }

    /// <summary>Lets a thread run on these processors only.</summary>
    /// <param name="thread">The kernel's number of a thread of this process; 0 for the calling one.</param>
    /// <param name="processors">At least one, each of <see cref="Allowed"/>.</param>
    /// <returns>False when it is not permitted, or the thread has ended.</returns>
    public static bool TrySet(int thread, ReadOnlySpan<int> processors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(thread);
        if (processors.IsEmpty) throw new ArgumentException("A thread needs a processor.", nameof(processors));
        var mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        foreach (var processor in processors)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(processor, nameof(processors));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(processor, 8 * MaskBytes, nameof(processors));
            mask[processor >> 3] |= (byte)(1 << (processor & 7));
        }

        return OperatingSystem.IsLinux() && SetAffinity(thread, MaskBytes, mask) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int GetAffinity(int thread, nuint bytes, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int SetAffinity(int thread, nuint bytes, byte* mask);
}
