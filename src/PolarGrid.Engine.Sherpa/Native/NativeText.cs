using System.Runtime.InteropServices;
using System.Text;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>Zero-terminated UTF-8 strings for the fields of a config, freed together. The library copies them while it is called.</summary>
/// <remarks>One thread.</remarks>
internal sealed unsafe class NativeText : IDisposable
{
    private readonly List<nint> held = [];

    /// <summary>The string's address; 0 for null, which the library reads as its default.</summary>
    /// <exception cref="ArgumentException">The text has a zero character, where native code would cut it.</exception>
    public nint Add(string? text)
    {
        if (text is null) return 0;
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A text for native code has a zero character.", nameof(text));
        var length = Encoding.UTF8.GetByteCount(text);
        var memory = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(memory, length));
        memory[length] = 0;
        held.Add((nint)memory);
        return (nint)memory;
    }

    public void Dispose()
    {
        foreach (var memory in held) NativeMemory.Free((void*)memory);
        held.Clear();
    }
}
