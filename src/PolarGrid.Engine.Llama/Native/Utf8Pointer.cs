using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>Reading the library's zero-terminated UTF-8.</summary>
internal static unsafe class Utf8Pointer
{
    public static string? Read(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}
