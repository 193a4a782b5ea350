using PolarGrid.Audio.Native;

namespace PolarGrid.Audio.Encoders;

/// <summary>flac, mp3 and opus by libsndfile.</summary>
internal sealed unsafe class SoundFileWriter : SampleWriter
{
    /// <summary>Blocks of 1,152 samples. From level 3 on the encoder uses 4,096, a quarter of a second of speech, for a few percent of size.</summary>
    private const double FlacCompression = 2 / 8.0;

    /// <summary>Milliseconds of an Ogg page: three packets of 20. The library allows 50 to 1,600.</summary>
    private const double OggLatency = 60;

    /// <summary>Bits per second of one Opus channel: transparent for speech.</summary>
    private const int OpusBitRate = 48_000;

    private readonly AudioFormat format;
    private readonly VirtualFile file;
    private readonly SoundFileHandle handle;

    private SoundFileWriter(AudioFormat format, VirtualFile file, SoundFileHandle handle)
    {
        this.format = format;
        this.file = file;
        this.handle = handle;
    }

    /// <param name="format">Flac, Mp3 or Opus.</param>
    /// <param name="rate">Hertz, one that the format has.</param>
    /// <param name="file">Takes the bytes.</param>
    public static AudioResult<SampleWriter> Create(AudioFormat format, int rate, VirtualFile file)
    {
        const int mostFlac = 655_350;
        if (format == AudioFormat.Flac && rate > mostFlac)
        {
            return new(new AudioError(AudioErrorCode.SampleRate, $"A sample rate of {rate} Hz cannot be written as flac, which ends at {mostFlac} Hz."));
        }

        if (AudioLibraries.SoundFile is { } missing) return new(missing);
        var info = new SoundFileInfo { SampleRate = rate, Channels = 1, Format = Code(format) };
        var handle = SoundFileHandle.Open(file, writing: true, ref info);
        if (handle is null)
        {
            file.ThrowIfFailed();
            return new(Failure(format, "does not open an encoder for it; it may have been built without"));
        }

        Configure(handle, format, rate);
        return new(new SoundFileWriter(format, file, handle));
    }

    public override AudioError? Write(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty) return null;
        long written;
        fixed (float* from = samples) written = NativeSoundFile.WriteFloats(handle, from, samples.Length);
        file.ThrowIfFailed();
        return written == samples.Length ? null : Failure(format, "stopped encoding");
    }

    public override AudioError? Finish()
    {
        handle.Dispose();
        file.ThrowIfFailed();
        return null;
    }

    public override void Dispose()
    {
        file.Abandon();
        handle.Dispose();
    }

    private static int Code(AudioFormat format) => format switch
    {
        AudioFormat.Flac => SoundFileFormat.Flac | SoundFileFormat.Pcm16,
        AudioFormat.Mp3 => SoundFileFormat.Mpeg | SoundFileFormat.MpegLayer3,
        AudioFormat.Opus => SoundFileFormat.Ogg | SoundFileFormat.Opus,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static void Configure(SoundFileHandle handle, AudioFormat format, int rate)
    {
        NativeSoundFile.Command(handle, SoundFileCommand.SetClipping, null, 1);
        switch (format)
        {
            case AudioFormat.Flac:
                Set(handle, SoundFileCommand.SetCompressionLevel, FlacCompression);
                break;
            case AudioFormat.Mp3:
                var constant = 0;
                NativeSoundFile.Command(handle, SoundFileCommand.SetBitrateMode, &constant, sizeof(int));
                Set(handle, SoundFileCommand.SetCompressionLevel, Mp3Compression(rate));
                break;
            default:
                Set(handle, SoundFileCommand.SetOggPageLatency, OggLatency);
                Set(handle, SoundFileCommand.SetCompressionLevel, 1 - (OpusBitRate - 6_000) / 250_000.0);
                break;
        }
    }

    /// <summary>The library takes 0 to 1 for the bit rates of the MPEG version, highest to lowest; this is 128 kbit/s.</summary>
    private static double Mp3Compression(int rate)
    {
        const double wanted = 128;
        var (highest, lowest) = rate >= 32_000 ? (320, 32) : (160, 8);
        return (highest - wanted) / (highest - lowest);
    }

    private static void Set(SoundFileHandle handle, SoundFileCommand command, double value) =>
        NativeSoundFile.Command(handle, command, &value, sizeof(double));

    private static AudioError Failure(AudioFormat format, string what) =>
        new(AudioErrorCode.Failed, $"Audio cannot be written as {AudioFormats.Name(format)}: libsndfile {what}.");
}
