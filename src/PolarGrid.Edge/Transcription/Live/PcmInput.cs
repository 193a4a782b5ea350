using System.Buffers;
using System.Buffers.Binary;
using PolarGrid.Audio;
using PolarGrid.Audio.Resampling;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>Turns bytes of signed 16-bit little-endian mono samples, however they are cut, into samples at the recogniser's rate.</summary>
internal sealed class PcmInput : IDisposable
{
    private readonly Resampler resampler;
    private readonly ArrayBufferWriter<float> output = new();
    private float[] samples = [];
    private byte? half;
    private long received;

    private PcmInput(Resampler resampler) => this.resampler = resampler;

    /// <summary>Whether the bytes so far end in the middle of a sample.</summary>
    public bool EndsInside => half is not null;

    /// <summary>Of audio that came.</summary>
    public double Seconds => (double)received / resampler.FromRate;

    public static AudioResult<PcmInput> Create(int fromRate, int toRate)
    {
        var resampler = Resampler.Create(fromRate, toRate);
        return resampler.Succeeded ? new(new PcmInput(resampler.Value)) : new(resampler.Error);
    }

    /// <param name="bytes">Any number.</param>
    /// <param name="converted">Valid until the next call.</param>
    public AudioError? Add(ReadOnlySpan<byte> bytes, out ReadOnlyMemory<float> converted)
    {
        if (samples.Length < (bytes.Length / 2) + 1) samples = new float[(bytes.Length / 2) + 1];
        var count = 0;
        if (half is { } low && bytes.Length > 0)
        {
            samples[count++] = (short)(low | (bytes[0] << 8)) / 32768f;
            bytes = bytes[1..];
            half = null;
        }

        for (; bytes.Length >= 2; bytes = bytes[2..]) samples[count++] = BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f;
        if (bytes.Length == 1) half = bytes[0];
        received += count;
        output.ResetWrittenCount();
        var error = resampler.Process(samples.AsSpan(0, count), output);
        converted = output.WrittenMemory;
        return error;
    }

    /// <summary>No more bytes come.</summary>
    public AudioError? Finish(out ReadOnlyMemory<float> converted)
    {
        output.ResetWrittenCount();
        var error = resampler.Finish(output);
        converted = output.WrittenMemory;
        return error;
    }

    public void Dispose() => resampler.Dispose();
}
