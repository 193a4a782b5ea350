using System.Buffers;
using PolarGrid.Audio.Ffmpeg;
using PolarGrid.Audio.Resampling;

namespace PolarGrid.Audio.Encoders;

/// <summary>
/// Turns mono samples into one of <see cref="AudioFormat"/>, resampling where the format does not have the source's rate.
/// </summary>
/// <remarks>
/// Streamed, bytes reach the output within the <see cref="Write"/> that completes them: wav and pcm at once, opus by pages of 60 ms, mp3
/// two or three frames (of 24 to 72 ms) behind, flac by blocks of 1,152 samples. Nothing can be forced out earlier without a gap in the
/// sound. One caller at a time. Dispose it in any state; what was not finished is lost.
/// </remarks>
public sealed class AudioEncoder : IDisposable
{
    private const int PieceSamples = 4096;

    private readonly SampleWriter writer;
    private readonly Resampler resampler;
    private readonly EncodedBuffer? whole;
    private readonly IBufferWriter<byte> output;
    private readonly ArrayBufferWriter<float> resampled = new();
    private readonly float[] piece = new float[PieceSamples];
    private AudioError? failed;
    private bool finished;

    private AudioEncoder(AudioFormat format, int sampleRate, SampleWriter writer, Resampler resampler, EncodedBuffer? whole, IBufferWriter<byte> output)
    {
        Format = format;
        SampleRate = sampleRate;
        this.writer = writer;
        this.resampler = resampler;
        this.whole = whole;
        this.output = output;
    }

    public AudioFormat Format { get; }

    /// <summary>Of the encoded audio, in hertz; the source's where the format has it.</summary>
    public int SampleRate { get; }

    /// <param name="format">What to write.</param>
    /// <param name="sampleRate">Of the samples that will be written, in hertz: 1,000 to 768,000; flac takes up to 655,350.</param>
    /// <param name="delivery">Whether bytes come out early or headers state the length.</param>
    /// <param name="output">Takes the bytes; the encoder never completes or disposes it.</param>
    /// <param name="cancellationToken">Ends the child process of aac; calls that wait for it throw. Other formats never wait.</param>
    /// <returns>An error where the rate is outside the range or the machine lacks a library or ffmpeg.</returns>
    public static AudioResult<AudioEncoder> Create(
        AudioFormat format, int sampleRate, AudioDelivery delivery, IBufferWriter<byte> output, CancellationToken cancellationToken = default) =>
        Create(format, sampleRate, delivery, output, FfmpegTool.Installed, cancellationToken);

    internal static AudioResult<AudioEncoder> Create(
        AudioFormat format, int sampleRate, AudioDelivery delivery, IBufferWriter<byte> output, FfmpegTool? ffmpeg, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var encodedRate = EncodedRates.For(format, sampleRate);
        var resampler = Resampler.Create(sampleRate, encodedRate);
        if (!resampler.Succeeded) return new(resampler.Error);

        var whole = delivery == AudioDelivery.Whole ? new EncodedBuffer() : null;
        var writer = CreateWriter(format, encodedRate, whole, output, ffmpeg, cancellationToken);
        if (writer.Succeeded) return new(new AudioEncoder(format, encodedRate, writer.Value, resampler.Value, whole, output));
        resampler.Value.Dispose();
        return new(writer.Error);
    }

    /// <summary>Takes samples, -1 to 1; louder ones are limited to that, as a player would.</summary>
    /// <returns>An error for a sample that is no finite number or when the encoder fails; every later call then returns the same.</returns>
    public AudioError? Write(ReadOnlySpan<float> mono)
    {
        if (finished) throw new InvalidOperationException("The audio has been finished.");
        while (failed is null && !mono.IsEmpty)
        {
            var part = mono[..Math.Min(mono.Length, PieceSamples)];
            mono = mono[part.Length..];
            failed = Samples.CopyLimited(part, piece)
                ? WritePiece(piece.AsSpan(0, part.Length))
                : new(AudioErrorCode.InvalidSamples, "The audio to be encoded holds a sample that is not a finite number.");
        }

        return failed;
    }

    /// <summary>Writes what is left. Called once, after the last <see cref="Write"/>.</summary>
    public AudioError? Finish()
    {
        if (finished) throw new InvalidOperationException("The audio has been finished.");
        finished = true;
        if (failed is not null) return failed;

        resampled.ResetWrittenCount();
        failed = resampler.Finish(resampled);
        failed ??= WriteResampled();
        failed ??= writer.Finish();
        if (failed is null) whole?.CopyTo(output);
        return failed;
    }

    public void Dispose()
    {
        writer.Dispose();
        resampler.Dispose();
    }

    private static AudioResult<SampleWriter> CreateWriter(
        AudioFormat format, int rate, EncodedBuffer? whole, IBufferWriter<byte> output, FfmpegTool? ffmpeg, CancellationToken cancellationToken)
    {
        IBufferWriter<byte> bytes = whole is null ? output : whole;
        return format switch
        {
            AudioFormat.Pcm => new(new PcmWriter(bytes)),
            AudioFormat.Wav => new(new WavWriter(bytes, rate, whole)),
            AudioFormat.Aac => FfmpegWriter.Create(rate, bytes, ffmpeg, cancellationToken),
            _ => SoundFileWriter.Create(format, rate, whole is null ? new StreamedFile(output) : new BufferedFile(whole)),
        };
    }

    private AudioError? WritePiece(Span<float> samples)
    {
        resampled.ResetWrittenCount();
        return resampler.Process(samples, resampled) ?? WriteResampled();
    }

    /// <summary>A filter overshoots at steep edges, so what it made is limited once more.</summary>
    private AudioError? WriteResampled()
    {
        var ready = resampled.WrittenSpan;
        while (!ready.IsEmpty)
        {
            var part = ready[..Math.Min(ready.Length, PieceSamples)];
            ready = ready[part.Length..];
            Samples.CopyLimited(part, piece);
            if (writer.Write(piece.AsSpan(0, part.Length)) is { } error) return error;
        }

        return null;
    }
}
