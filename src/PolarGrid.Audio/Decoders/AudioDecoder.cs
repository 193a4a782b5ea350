using PolarGrid.Audio.Ffmpeg;
using PolarGrid.Audio.Resampling;

namespace PolarGrid.Audio.Decoders;

/// <summary>
/// Turns a file that somebody sent into mono samples at one rate. What it is, its bytes say: names and media types are never looked at,
/// and containers that are not listed in <see cref="AudioContainer"/> reach no native reader.
/// </summary>
/// <remarks>
/// Safe to call from several threads at once, with different streams. It computes on the calling thread until all is decoded, some
/// hundred times faster than the audio plays. Memory: four bytes per sample at the target rate, twice that for a moment at the end.
/// A wav, mp3, ogg or webm that ends early is read as far as its data goes, as players do; a cut flac or mp4 is refused.
/// </remarks>
public static class AudioDecoder
{
    private const int MostQuickBytes = 2 << 20;

    /// <summary>
    /// Whether decoding is little more than copying, a millisecond at most, so that handing it to another thread would cost as much: a wav
    /// of 16-bit integers at the target rate, up to 2 MiB.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="targetRate">Hertz of the samples to return.</param>
    public static bool IsQuick(ReadOnlyMemory<byte> file, int targetRate)
    {
        if (file.Length is 0 or > MostQuickBytes) return false;
        var bytes = new AudioBytes(file);
        return ContainerSniffer.Sniff(bytes) is { Container: AudioContainer.Wav } sniffed && WavChunks.Parse(bytes, sniffed).Value?.Plain?.Rate == targetRate;
    }

    /// <param name="file">The whole file.</param>
    /// <param name="limits">Checked before memory is taken.</param>
    /// <param name="targetRate">Hertz of the samples to return, 1,000 to 768,000.</param>
    /// <param name="cancellationToken">Looked at every few thousand samples; a child process is ended at once.</param>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public static AudioResult<DecodedAudio> Decode(ReadOnlyMemory<byte> file, AudioLimits limits, int targetRate, CancellationToken cancellationToken) =>
        Decode(new AudioBytes(file), limits, targetRate, FfmpegTool.Installed, cancellationToken);

    /// <param name="file">Must be able to seek; read from its beginning, wherever it stands. Stays open.</param>
    /// <param name="limits">Checked before memory is taken.</param>
    /// <param name="targetRate">Hertz of the samples to return, 1,000 to 768,000.</param>
    /// <param name="cancellationToken">Looked at every few thousand samples; a child process is ended at once.</param>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static AudioResult<DecodedAudio> Decode(Stream file, AudioLimits limits, int targetRate, CancellationToken cancellationToken) =>
        Decode(new AudioBytes(file), limits, targetRate, FfmpegTool.Installed, cancellationToken);

    internal static AudioResult<DecodedAudio> Decode(
        AudioBytes file, AudioLimits limits, int targetRate, FfmpegTool? ffmpeg, CancellationToken cancellationToken)
    {
        limits.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(targetRate, Resampler.MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targetRate, Resampler.MaxRate);

        if (file.Length == 0) return new(new AudioError(AudioErrorCode.Empty, "The audio file is empty (0 bytes)."));
        if (file.Length > limits.MaxBytes)
        {
            return new(new AudioError(AudioErrorCode.TooManyBytes, $"The audio file has {file.Length} bytes; at most {limits.MaxBytes} are accepted."));
        }

        if (ContainerSniffer.Sniff(file) is not { } sniffed)
        {
            return new(new AudioError(
                AudioErrorCode.UnknownContainer, $"The bytes of the audio file belong to no accepted format. Accepted: {AudioContainers.Accepted}."));
        }

        using var mixer = new SampleMixer(limits, targetRate);
        var error = AudioContainers.NeedsFfmpeg(sniffed.Container)
            ? FfmpegReader.Read(file, sniffed, limits, ffmpeg, mixer, cancellationToken)
            : SoundFileReader.Read(file, sniffed, limits, mixer, cancellationToken);
        return error is null ? mixer.Finish(sniffed.Container) : new(error);
    }
}
