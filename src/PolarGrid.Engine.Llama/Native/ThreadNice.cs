using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>The nice value of the calling thread, on Linux; elsewhere nothing happens.</summary>
internal static partial class ThreadNice
{
    private const int PrioProcess = 0;

    /// <summary>Sets the value for the calling thread; threads that it creates from then on inherit it.</summary>
    /// <param name="nice">-20 (most) to 19 (least). Below the present value it needs a privilege.</param>
    /// <returns>False when it is not permitted or not known here.</returns>
    public static bool TrySet(int nice)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nice, -20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nice, 19);
        return OperatingSystem.IsLinux() && SetPriority(PrioProcess, 0, nice) == 0;
    }

    /// <summary>The calling thread's value; 0 where it is not known.</summary>
    public static int Get() => OperatingSystem.IsLinux() ? GetPriority(PrioProcess, 0) : 0;

    // On Linux "who = 0" is the calling thread, not its process.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int SetPriority(int which, uint who, int priority);

    [LibraryImport("libc", EntryPoint = "getpriority")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int GetPriority(int which, uint who);
}
