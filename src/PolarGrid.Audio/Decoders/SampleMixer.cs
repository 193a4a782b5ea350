using PolarGrid.Audio.Resampling;

namespace PolarGrid.Audio.Decoders;

/// <summary>
/// Takes interleaved samples as a reader makes them, mixes them down, resamples and keeps them. The one place that knows how long the
/// audio really is, and so the one that ends a file which unpacks to more than is allowed.
/// </summary>
internal sealed class SampleMixer(AudioLimits limits, int targetRate) : IDisposable
{
    /// <summary>Most frames of one <see cref="Add"/>.</summary>
    public const int PieceFrames = 4096;

    private readonly SampleStore store = new();
    private readonly float[] mono = new float[PieceFrames];
    private Resampler? resampler;
    private int rate;
    private int channels;
    private string codec = "";
    private long frames;

    /// <summary>States what the source is. Called once, before the first samples; the numbers may come from a hostile header.</summary>
    public AudioError? Begin(long sourceRate, long sourceChannels, string sourceCodec)
    {
        if (sourceChannels < 1) return new(AudioErrorCode.Damaged, $"The audio file says that it has {sourceChannels} channels.");
        if (sourceChannels > limits.MaxChannels)
        {
            return new(AudioErrorCode.TooManyChannels, $"The audio file has {sourceChannels} channels; at most {limits.MaxChannels} are accepted.");
        }

        if (sourceRate < limits.MinSampleRate || sourceRate > limits.MaxSampleRate)
        {
            return new(
                AudioErrorCode.SampleRate,
                $"The audio file has a sample rate of {sourceRate} Hz; {limits.MinSampleRate} to {limits.MaxSampleRate} Hz are accepted.");
        }

        (rate, channels, codec) = ((int)sourceRate, (int)sourceChannels, sourceCodec);
        var created = Resampler.Create(rate, targetRate);
        resampler = created.Value;
        return created.Error;
    }

    /// <param name="interleaved">Whole frames, at most <see cref="PieceFrames"/> of them.</param>
    public AudioError? Add(ReadOnlySpan<float> interleaved)
    {
        var count = interleaved.Length / channels;
        frames += count;
        if (frames > limits.MaxSeconds * rate)
        {
            return new(AudioErrorCode.TooLong, FormattableString.Invariant($"The audio is longer than {limits.MaxSeconds:0.###} seconds, which is the limit."));
        }

        Mix(interleaved, mono.AsSpan(0, count));
        if (!Samples.CopyLimited(mono.AsSpan(0, count), mono))
        {
            return new(AudioErrorCode.InvalidSamples, "The audio file holds a sample that is not a finite number.");
        }

        return resampler!.Process(mono.AsSpan(0, count), store);
    }

    /// <summary>No samples follow.</summary>
    public AudioResult<DecodedAudio> Finish(AudioContainer container)
    {
        if (frames == 0) return new(NoSamples());
        if (resampler!.Finish(store) is { } error) return new(error);
        var samples = store.ToArray();
        if (samples.Length == 0) return new(NoSamples());
        if (rate != targetRate) Samples.CopyLimited(samples, samples);
        return new(new DecodedAudio(samples, targetRate, frames / (double)rate, container, codec, rate, channels));
    }

    public void Dispose()
    {
        resampler?.Dispose();
        store.Dispose();
    }

    private void Mix(ReadOnlySpan<float> interleaved, Span<float> into)
    {
        if (channels == 1)
        {
            interleaved.CopyTo(into);
            return;
        }

        for (var frame = 0; frame < into.Length; frame++)
        {
            var sum = 0.0;
            foreach (var sample in interleaved.Slice(frame * channels, channels)) sum += sample;
            into[frame] = (float)(sum / channels);
        }
    }

    private static AudioError NoSamples() => new(AudioErrorCode.Empty, "The audio file holds no samples.");
}
