using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Text;

/// <summary>The bytes of every token in one block of memory, so that detokenising is a copy without a native call.</summary>
internal sealed class PieceTable
{
    private readonly byte[] bytes;
    private readonly int[] offsets;

    private PieceTable(byte[] bytes, int[] offsets, int longest)
    {
        this.bytes = bytes;
        this.offsets = offsets;
        Longest = longest;
    }

    /// <summary>Bytes of the longest piece, at least 1.</summary>
    public int Longest { get; }

    /// <summary>Control tokens have no bytes.</summary>
    public ReadOnlySpan<byte> this[int token] => bytes.AsSpan(offsets[token], offsets[token + 1] - offsets[token]);

    public static unsafe PieceTable Read(nint vocabulary, int size)
    {
        var bytes = new byte[size * 8];
        var offsets = new int[size + 1];
        var used = 0;
        var longest = 1;
        for (var token = 0; token < size; token++)
        {
            int length;
            while ((length = Read(vocabulary, token, bytes, used)) < 0) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used - length));
            used += length;
            longest = Math.Max(longest, length);
            offsets[token + 1] = used;
        }

        Array.Resize(ref bytes, used);
        return new PieceTable(bytes, offsets, longest);
    }

    private static unsafe int Read(nint vocabulary, int token, byte[] bytes, int used)
    {
        fixed (byte* start = bytes)
        {
            return NativeVocabulary.Piece(vocabulary, token, start + used, bytes.Length - used, stripLeft: 0, special: false);
        }
    }
}
