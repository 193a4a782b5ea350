using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary><c>ggml_threadpool_params</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GgmlThreadpoolParams
{
    public CpuMask Mask;
    public int Threads;

    /// <summary>0 is normal; above it ggml asks for real-time scheduling, which would starve the web server.</summary>
    public int Priority;

    /// <summary>How long a worker spins for the next graph before it sleeps, 0 to 100 (about 131,072 rounds each).</summary>
    public uint Poll;
    public byte StrictCpu;
    public byte Paused;

    /// <summary>One byte per CPU; all zero means no affinity.</summary>
    [InlineArray(512)]
    public struct CpuMask
    {
        private byte first;
    }
}
