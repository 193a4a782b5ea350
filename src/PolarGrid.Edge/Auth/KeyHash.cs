using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PolarGrid.Edge.Auth;

/// <summary>HMAC-SHA256 of a key, as a dictionary key that needs no allocation.</summary>
/// <remarks>
/// Finding one in a table leaks nothing useful through time: without the pepper nobody can choose its bits. The final comparison
/// is in fixed time all the same.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    public static KeyHash Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<KeyHash>(bytes);

    public byte[] ToBytes() => [.. MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in this))];

    public bool FixedTimeEquals(in KeyHash other) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in this)),
        MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in Unsafe.AsRef(in other))));
}
