using PolarGrid.Audio.Native;

namespace PolarGrid.Audio.Decoders;

/// <summary>wav, flac, ogg and mp3 by libsndfile, but for a wav of 16-bit integers, which needs no library.</summary>
internal static unsafe class SoundFileReader
{
    public static AudioError? Read(AudioBytes bytes, SniffedAudio sniffed, AudioLimits limits, SampleMixer mixer, CancellationToken cancellationToken)
    {
        if (AudioLibraries.SoundFile is { } missing) return missing;
        cancellationToken.ThrowIfCancellationRequested();

        if (sniffed.Container == AudioContainer.Wav)
        {
            var parsed = WavChunks.Parse(bytes, sniffed);
            if (!parsed.Succeeded) return parsed.Error;
            sniffed = parsed.Value;
            if (sniffed.Plain is { } format) return PlainSamples.Read(bytes, sniffed, format, mixer, cancellationToken);
        }

        var file = new SourceFile(bytes, sniffed, cancellationToken);
        var info = default(SoundFileInfo);
        using var handle = SoundFileHandle.Open(file, writing: false, ref info);
        file.ThrowIfFailed();
        if (handle is null)
        {
            return Damaged(sniffed.Container, "its header cannot be read, or its encoding is not one that is read");
        }

        if (SoundFileCodecs.Name(info.Format, sniffed.Container) is not { } codec)
        {
            return new(
                AudioErrorCode.UnsupportedEncoding,
                $"The {AudioContainers.Name(sniffed.Container)} file has an encoding that is not read. Accepted: {AudioContainers.Accepted}.");
        }

        return mixer.Begin(info.SampleRate, info.Channels, codec) ?? ReadSamples(handle, file, sniffed.Container, info, mixer, cancellationToken);
    }

    private static AudioError? ReadSamples(
        SoundFileHandle handle, SourceFile file, AudioContainer container, SoundFileInfo info, SampleMixer mixer, CancellationToken cancellationToken)
    {
        var buffer = new float[SampleMixer.PieceFrames * info.Channels];
        var seconds = 0.0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long frames;
            fixed (float* into = buffer) frames = NativeSoundFile.ReadFloats(handle, into, SampleMixer.PieceFrames);
            file.ThrowIfFailed();
            if (frames is < 0 or > SampleMixer.PieceFrames) return Damaged(container, "its reader gave a wrong count");
            if (frames > 0 && mixer.Add(buffer.AsSpan(0, (int)frames * info.Channels)) is { } error) return error;
            seconds += frames / (double)info.SampleRate;
            if (frames == SampleMixer.PieceFrames) continue;
            return NativeSoundFile.Error(handle) == 0
                ? null
                : Damaged(container, FormattableString.Invariant($"it cannot be decoded beyond {seconds:0.##} seconds"));
        }
    }

    private static AudioError Damaged(AudioContainer container, string what) => new(
        AudioErrorCode.Damaged, $"The {AudioContainers.Name(container)} file cannot be read: {what}. Accepted: {AudioContainers.Accepted}.");
}
