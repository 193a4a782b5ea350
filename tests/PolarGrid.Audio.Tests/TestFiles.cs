using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using PolarGrid.Audio.Decoders;
using PolarGrid.Audio.Encoders;
using PolarGrid.Audio.Native;
using Shouldly;

namespace PolarGrid.Audio.Tests;

/// <summary>Audio files of every kind, made when a test needs them.</summary>
internal static unsafe class TestFiles
{
    /// <summary>The Vorbis encoder keeps what it gets at once on the stack, and overflows it when that is long.</summary>
    private const int PieceFrames = 4096;

    /// <summary>A file as libsndfile writes it, in any container and encoding that it has.</summary>
    /// <param name="format"><c>SF_INFO.format</c>.</param>
    /// <param name="rate">Hertz.</param>
    /// <param name="channels">How the samples are interleaved.</param>
    /// <param name="samples">Whole frames.</param>
    public static byte[] Write(int format, int rate, int channels, ReadOnlySpan<float> samples)
    {
        AudioLibraries.SoundFile.ShouldBeNull();
        var buffer = new EncodedBuffer();
        var file = new BufferedFile(buffer);
        var info = new SoundFileInfo { SampleRate = rate, Channels = channels, Format = format };
        using (var handle = SoundFileHandle.Open(file, writing: true, ref info))
        {
            handle.ShouldNotBeNull($"format {format:x}");
            NativeSoundFile.Command(handle, SoundFileCommand.SetClipping, null, 1);
            for (var at = 0; at < samples.Length; at += PieceFrames * channels)
            {
                var piece = samples[at..Math.Min(samples.Length, at + PieceFrames * channels)];
                fixed (float* from = piece) NativeSoundFile.WriteFloats(handle, from, piece.Length / channels).ShouldBe(piece.Length / channels);
            }
        }

        file.ThrowIfFailed();
        var bytes = new ArrayBufferWriter<byte>();
        buffer.CopyTo(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    public static byte[] Wav(int encoding, int rate, int channels, ReadOnlySpan<float> samples) =>
        Write(SoundFileFormat.Wav | encoding, rate, channels, samples);

    /// <summary>What our own encoder makes.</summary>
    public static byte[] Encode(AudioFormat format, int rate, ReadOnlySpan<float> samples, AudioDelivery delivery = AudioDelivery.Whole)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var encoder = AudioEncoder.Create(format, rate, delivery, bytes).Value.ShouldNotBeNull();
        encoder.Write(samples).ShouldBeNull();
        encoder.Finish().ShouldBeNull();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A RIFF file of the given chunks; the size in its header is right, each chunk is padded to an even length.</summary>
    public static byte[] Riff(params (string Id, byte[] Bytes)[] chunks)
    {
        var body = new MemoryStream();
        body.Write("WAVE"u8);
        foreach (var (id, bytes) in chunks)
        {
            body.Write(Encoding.ASCII.GetBytes(id));
            body.Write(LittleEndian((uint)bytes.Length));
            body.Write(bytes);
            if (bytes.Length % 2 == 1) body.WriteByte(0);
        }

        return [.. "RIFF"u8, .. LittleEndian((uint)body.Length), .. body.ToArray()];
    }

    /// <summary>The 16 bytes of a fmt chunk.</summary>
    public static byte[] Format(ushort tag, ushort channels, uint rate, ushort bits)
    {
        var frame = (ushort)(channels * bits / 8);
        return [.. LittleEndian(tag), .. LittleEndian(channels), .. LittleEndian(rate), .. LittleEndian(rate * frame), .. LittleEndian(frame), .. LittleEndian(bits)];
    }

    public static byte[] Pcm16(ReadOnlySpan<float> samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)MathF.Round(samples[i] * 32767));
        return bytes;
    }

    /// <summary>An ID3v2.3 tag with a text and a picture of the given size.</summary>
    public static byte[] Id3(int pictureBytes)
    {
        var picture = new byte[pictureBytes];
        Array.Fill(picture, (byte)0xFF); // looks like frame syncs
        byte[] frames = [.. Frame("TIT2", [0, .. "A title"u8]), .. Frame("APIC", [0, .. "image/png\0"u8, 3, 0, .. picture])];
        var size = frames.Length;
        return [.. "ID3"u8, 3, 0, 0, (byte)(size >> 21 & 0x7F), (byte)(size >> 14 & 0x7F), (byte)(size >> 7 & 0x7F), (byte)(size & 0x7F), .. frames];

        static byte[] Frame(string id, byte[] content)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
            return [.. Encoding.ASCII.GetBytes(id), .. length, 0, 0, .. content];
        }
    }

    public static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] LittleEndian(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    public static AudioResult<DecodedAudio> Decode(byte[] file, int rate = 16_000, AudioLimits? limits = null) =>
        AudioDecoder.Decode(file, limits ?? new AudioLimits(), rate, CancellationToken.None);

    public static DecodedAudio MustDecode(byte[] file, int rate = 16_000)
    {
        var decoded = Decode(file, rate);
        decoded.Error.ShouldBeNull();
        return decoded.Value.ShouldNotBeNull();
    }

    /// <summary>Every second sample for the left channel, the negative for the right, and so on.</summary>
    public static float[] Interleave(params float[][] channels)
    {
        var interleaved = new float[channels[0].Length * channels.Length];
        for (var i = 0; i < interleaved.Length; i++) interleaved[i] = channels[i % channels.Length][i / channels.Length];
        return interleaved;
    }
}
