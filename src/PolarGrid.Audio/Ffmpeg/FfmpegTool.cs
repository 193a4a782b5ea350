namespace PolarGrid.Audio.Ffmpeg;

/// <summary>Where ffmpeg is and how long one run may take.</summary>
/// <param name="Path">Full path of the executable.</param>
internal sealed record FfmpegTool(string Path)
{
    // An encoder mostly waits, for a voice or for a slow reader, so there may be more of them than processors.
    private static readonly SemaphoreSlim AllEncoders = new(4 * Environment.ProcessorCount);

    /// <summary>The first ffmpeg on <c>PATH</c>, looked up once; null when there is none.</summary>
    public static FfmpegTool? Installed { get; } = Find(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Places of children that encode, for the whole process: one who finds none is refused, not kept waiting.</summary>
    public SemaphoreSlim Encoders { get; init; } = AllEncoders;

    /// <summary>Wall time of one decoding, from start to last sample; in encoding, of one call, since samples come as slowly as they are made.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <param name="searchPath">As <c>PATH</c>; entries that are not absolute are passed over, so a working directory never decides.</param>
    internal static FfmpegTool? Find(string? searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        foreach (var folder in (searchPath ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!System.IO.Path.IsPathFullyQualified(folder)) continue;
            var candidate = System.IO.Path.Combine(folder, name);
            if (File.Exists(candidate)) return new FfmpegTool(candidate);
        }

        return null;
    }

    public static AudioError Missing(string format) => new(
        AudioErrorCode.FfmpegMissing,
        $"The format {format} needs ffmpeg, which is not installed on this server. Install it (Debian: apt install ffmpeg) or use wav, flac, mp3 or ogg.");
}
