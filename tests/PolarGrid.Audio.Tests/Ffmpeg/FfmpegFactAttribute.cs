namespace PolarGrid.Audio.Tests.Ffmpeg;

/// <summary>A test that needs ffmpeg; skipped with a sentence when it is not installed.</summary>
public sealed class FfmpegFactAttribute : FactAttribute
{
    public FfmpegFactAttribute() => Skip = FfmpegSkip.Reason;
}

/// <inheritdoc cref="FfmpegFactAttribute"/>
public sealed class FfmpegTheoryAttribute : TheoryAttribute
{
    public FfmpegTheoryAttribute() => Skip = FfmpegSkip.Reason;
}

internal static class FfmpegSkip
{
    public static string? Reason => AudioLibraries.FfmpegPath is null ? "ffmpeg is not installed, so m4a, webm and aac are not tested." : null;
}
