using System.Buffers;
using System.Text;

namespace PolarGrid.Engine.Text;

/// <summary>
/// Puts token bytes together into whole UTF-8 characters: a character that spans tokens is held back until it is complete,
/// bytes that can never become one are replaced by U+FFFD.
/// </summary>
internal sealed class Utf8Assembler
{
    private readonly byte[] held = new byte[4];
    private int heldLength;

    /// <summary>Adds bytes and appends every character that is now complete to <paramref name="output"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        while (heldLength > 0 && bytes.Length > 0)
        {
            held[heldLength++] = bytes[0];
            bytes = bytes[1..];
            var status = Rune.DecodeFromUtf8(held.AsSpan(0, heldLength), out _, out var used);
            if (status == OperationStatus.NeedMoreData) continue;
            if (status == OperationStatus.Done)
            {
                output.Write(held.AsSpan(0, used));
            }
            else
            {
                output.Write("\uFFFD"u8);
            }

            // Only the byte that broke the character can be left over; it may begin the next one.
            held.AsSpan(used, heldLength - used).CopyTo(held);
            heldLength -= used;
            if (heldLength > 0 && Rune.DecodeFromUtf8(held.AsSpan(0, heldLength), out _, out used) is not OperationStatus.NeedMoreData)
            {
                var single = held[0];
                heldLength = 0;
                if (single < 0x80) output.Write([single]);
                else output.Write("\uFFFD"u8);
            }
        }

        while (bytes.Length > 0)
        {
            var invalid = System.Text.Unicode.Utf8.IsValid(bytes) ? bytes.Length : ValidLength(bytes);
            output.Write(bytes[..invalid]);
            bytes = bytes[invalid..];
            if (bytes.Length == 0) return;
            if (Rune.DecodeFromUtf8(bytes, out _, out var used) == OperationStatus.NeedMoreData)
            {
                bytes.CopyTo(held);
                heldLength = bytes.Length;
                return;
            }

            output.Write("\uFFFD"u8);
            bytes = bytes[used..];
        }
    }

    /// <summary>Gives out what is held: the text ends inside a character, so it becomes U+FFFD.</summary>
    public void Flush(ArrayBufferWriter<byte> output)
    {
        if (heldLength > 0) output.Write("\uFFFD"u8);
        heldLength = 0;
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == OperationStatus.Done) at += used;
        return at;
    }
}
