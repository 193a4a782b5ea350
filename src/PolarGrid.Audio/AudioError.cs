namespace PolarGrid.Audio;

/// <summary>An expected failure of audio in or out.</summary>
/// <param name="Code">What a program may act on.</param>
/// <param name="Message">For people: what is wrong, the value, the way out. Holds nothing of the audio or its tags.</param>
public sealed record AudioError(AudioErrorCode Code, string Message)
{
    /// <summary>Whether the machine lacks something, so that the same request would succeed elsewhere.</summary>
    public bool IsOurs => Code is AudioErrorCode.LibraryMissing or AudioErrorCode.Failed;
}

/// <summary>What went wrong.</summary>
public enum AudioErrorCode
{
    /// <summary>No bytes, or a file without a single sample.</summary>
    Empty,

    /// <summary>The first bytes belong to no accepted container.</summary>
    UnknownContainer,

    /// <summary>A known container with an encoding that is not read.</summary>
    UnsupportedEncoding,

    /// <summary>A known container that cannot be read: cut, a wrong header, damaged data.</summary>
    Damaged,

    /// <summary>More bytes than <see cref="AudioLimits.MaxBytes"/>.</summary>
    TooManyBytes,

    /// <summary>Longer than <see cref="AudioLimits.MaxSeconds"/>, however few bytes it takes.</summary>
    TooLong,

    /// <summary>More channels than <see cref="AudioLimits.MaxChannels"/>.</summary>
    TooManyChannels,

    /// <summary>Outside <see cref="AudioLimits.MinSampleRate"/> to <see cref="AudioLimits.MaxSampleRate"/>, or outside what an encoder takes.</summary>
    SampleRate,

    /// <summary>A sample is not a finite number.</summary>
    InvalidSamples,

    /// <summary>The format needs ffmpeg, which is not installed.</summary>
    FfmpegMissing,

    /// <summary>A native library is not installed; see <see cref="AudioLibraries.Missing"/>.</summary>
    LibraryMissing,

    /// <summary>Reading took longer than allowed.</summary>
    TimedOut,

    /// <summary>As many encoders of ffmpeg run as may at once; waiting helps.</summary>
    Busy,

    /// <summary>An encoder or resampler reported a failure that the caller did not cause.</summary>
    Failed,
}
