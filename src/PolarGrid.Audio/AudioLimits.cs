namespace PolarGrid.Audio;

/// <summary>What is read at most of a file that somebody sent. Checked while decoding, before memory is taken.</summary>
public sealed record AudioLimits
{
    /// <summary>Highest value of <see cref="MaxSeconds"/>: a day.</summary>
    public const double MostSeconds = 86_400;

    /// <summary>Length of the decoded audio in seconds, above 0 to 86,400. Four bytes are held for each sample at the target rate.</summary>
    public double MaxSeconds { get; init; } = 7_200;

    /// <summary>Channels of the source, 1 to 64; they are mixed down to one.</summary>
    public int MaxChannels { get; init; } = 16;

    /// <summary>Samples per second and channel of the source, 1,000 or more.</summary>
    public int MinSampleRate { get; init; } = 4_000;

    /// <summary>Samples per second and channel of the source, at most 768,000.</summary>
    public int MaxSampleRate { get; init; } = 384_000;

    /// <summary>Size of the file in bytes, 1 or more.</summary>
    public long MaxBytes { get; init; } = 100 << 20;

    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its own range.</exception>
    internal void Check()
    {
        if (!(MaxSeconds is > 0 and <= MostSeconds)) throw new ArgumentOutOfRangeException(nameof(MaxSeconds), MaxSeconds, null);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxChannels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxChannels, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSampleRate, Resampling.Resampler.MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxSampleRate, Resampling.Resampler.MaxRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSampleRate, MinSampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 1);
    }
}
