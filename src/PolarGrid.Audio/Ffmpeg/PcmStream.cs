using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PolarGrid.Audio.Decoders;

namespace PolarGrid.Audio.Ffmpeg;

/// <summary>Reads a wav of 32-bit floats from a pipe, as our own child writes it: sizes unknown, data last.</summary>
internal static class PcmStream
{
    private const int MostChunkBytes = 1 << 16;
    private const ushort Float = 3, Extensible = 0xFFFE;

    /// <returns>Null when all was taken; otherwise why not, and the stream may hold more.</returns>
    public static AudioError? Read(Stream pipe, SampleMixer mixer, CancellationToken cancellationToken)
    {
        if (ReadHeader(pipe) is not { } header) return NoAudio();
        if (mixer.Begin(header.Rate, header.Channels, "") is { } refused) return refused;

        var frameBytes = header.Channels * sizeof(float);
        var buffer = new byte[frameBytes * SampleMixer.PieceFrames];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = pipe.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var whole = read - read % frameBytes;
            if (mixer.Add(MemoryMarshal.Cast<byte, float>(buffer.AsSpan(0, whole))) is { } error) return error;
            if (read < buffer.Length) return null;
        }
    }

    /// <summary>Walks the chunks up to the samples; null when the stream ends before them or holds something else.</summary>
    private static (int Rate, int Channels)? ReadHeader(Stream pipe)
    {
        Span<byte> bytes = stackalloc byte[12];
        if (!Fill(pipe, bytes) || !bytes.StartsWith("RIFF"u8) || !bytes[8..].SequenceEqual("WAVE"u8)) return null;

        (int, int)? format = null;
        while (Fill(pipe, bytes[..8]))
        {
            if (bytes.StartsWith("data"u8)) return format;
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (size > MostChunkBytes) return null;
            var isFormat = bytes.StartsWith("fmt "u8);
            var chunk = new byte[size + (size & 1)];
            if (!Fill(pipe, chunk)) return null;
            if (!isFormat) continue;
            if (size < 16 || BinaryPrimitives.ReadUInt16LittleEndian(chunk) is not (Float or Extensible)) return null;
            if (BinaryPrimitives.ReadUInt16LittleEndian(chunk.AsSpan(14)) != 8 * sizeof(float)) return null;
            format = ((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4))), BinaryPrimitives.ReadUInt16LittleEndian(chunk.AsSpan(2)));
        }

        return null;
    }

    private static bool Fill(Stream pipe, Span<byte> into) =>
        pipe.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;

    private static AudioError NoAudio() =>
        new(AudioErrorCode.Damaged, "The audio file cannot be read: ffmpeg finds no audio in it that can be decoded.");
}
