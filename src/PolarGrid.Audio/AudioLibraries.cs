using PolarGrid.Audio.Native;

namespace PolarGrid.Audio;

/// <summary>What this machine has of the libraries and tools that audio needs. Looked up once; safe to read from any thread.</summary>
public static class AudioLibraries
{
    private static readonly Lazy<(AudioError? SoundFile, AudioError? Resampler)> State = new(() => (
        NativeLibraries.Check(NativeNames.SoundFile), NativeLibraries.Check(NativeNames.Resampler)));

    /// <summary>One sentence for each library that is absent or too old, with the package that brings it; empty when all is there.</summary>
    public static IReadOnlyList<string> Missing { get; } =
        [.. new[] { SoundFile, Resampler }.OfType<AudioError>().Select(error => error.Message)];

    /// <summary>The full path of ffmpeg, which m4a, mp4, webm and aac need; null when it is not installed.</summary>
    public static string? FfmpegPath => Ffmpeg.FfmpegTool.Installed?.Path;

    /// <summary>Why libsndfile cannot be used; null when it can.</summary>
    internal static AudioError? SoundFile => State.Value.SoundFile;

    /// <summary>Why libsoxr cannot be used; null when it can.</summary>
    internal static AudioError? Resampler => State.Value.Resampler;
}
