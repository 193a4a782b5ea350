using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary><c>SF_VIRTUAL_IO</c>: five functions that stand for a file. The library copies it when it opens one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VirtualIo
{
    public delegate* unmanaged<nint, long> Length;
    public delegate* unmanaged<long, int, nint, long> Seek;
    public delegate* unmanaged<byte*, long, nint, long> Read;
    public delegate* unmanaged<byte*, long, nint, long> Write;
    public delegate* unmanaged<nint, long> Tell;
}
