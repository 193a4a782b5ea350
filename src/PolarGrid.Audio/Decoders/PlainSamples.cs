using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Decoders;

/// <summary>The wav that nearly everybody sends, 16-bit integers, read without a library: they only become floats.</summary>
internal static class PlainSamples
{
    private const int SampleBytes = 2;
    private const float Full = 1 << 15;

    /// <param name="bytes">The file.</param>
    /// <param name="wav">Its samples' place, as <see cref="WavChunks"/> found it.</param>
    /// <param name="format">What they are; little-endian integers of 16 bits.</param>
    /// <param name="mixer">Takes them.</param>
    /// <param name="cancellationToken">Looked at every few thousand samples.</param>
    /// <remarks>A stream that has become shorter meanwhile ends where it does.</remarks>
    public static AudioError? Read(AudioBytes bytes, SniffedAudio wav, PlainFormat format, SampleMixer mixer, CancellationToken cancellationToken)
    {
        if (mixer.Begin(format.Rate, format.Channels, "pcm_s16") is { } refused) return refused;
        var integers = new short[SampleMixer.PieceFrames * format.Channels];
        var floats = new float[integers.Length];
        var whole = wav.Length / (SampleBytes * format.Channels) * format.Channels;
        for (long done = 0; done < whole;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = integers.AsSpan(0, (int)Math.Min(integers.Length, whole - done));
            if (bytes.ReadAt(wav.Offset + (done * SampleBytes), MemoryMarshal.AsBytes(piece)) < piece.Length * SampleBytes) return null;
            if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(piece, piece);
            Scale(piece, floats);
            if (mixer.Add(floats.AsSpan(0, piece.Length)) is { } error) return error;
            done += piece.Length;
        }

        return null;
    }

    private static void Scale(ReadOnlySpan<short> integers, Span<float> floats)
    {
        for (var i = 0; i < integers.Length; i++) floats[i] = integers[i] / Full;
    }
}
