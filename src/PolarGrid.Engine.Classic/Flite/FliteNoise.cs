using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Flite;

/// <summary>
/// The noise in flite's voices. Flite asks libc's <c>rand</c> for every sample, which takes a lock that all threads share: with many callers
/// an answer then takes 1.4 times as long (docs/adr/0005). So flite's own reference to <c>rand</c>, and nobody else's, is pointed to a
/// generator that each thread has for itself; begun anew for every piece, it also makes the same text sound the same each time.
/// </summary>
internal static unsafe class FliteNoise
{
    private const uint Seed = 0x9E3779B9;

    [ThreadStatic]
    private static uint state;

    /// <summary>Begins this thread's noise anew; called before each native call that speaks.</summary>
    public static void Restart() => state = Seed;

    /// <param name="flite">The open library.</param>
    /// <returns>False where the reference is not found as expected; flite then goes on with libc's.</returns>
    public static bool Replace(nint flite)
    {
        if (!NativeLibrary.TryLoad("libc.so.6", out var libc) || !NativeLibrary.TryGetExport(libc, "rand", out var original)) return false;
        return Native.ImportSlot.TryReplace(flite, "rand", original, (nint)(delegate* unmanaged[Cdecl]<int>)&Next);
    }

    /// <summary>0 to 2^31 - 1, as <c>rand</c> of glibc. Marsaglia's xorshift of 32 bits.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Next()
    {
        var bits = state;
        if (bits == 0) bits = Seed;
        bits ^= bits << 13;
        bits ^= bits >> 17;
        bits ^= bits << 5;
        state = bits;
        return (int)(bits >> 1);
    }
}
