using PolarGrid.Audio;

namespace PolarGrid.Cli.Up;

/// <summary>No models: what the machine lacks to read and write audio files.</summary>
/// <param name="missing"><see cref="AudioLibraries.Missing"/>.</param>
/// <param name="ffmpegPath"><see cref="AudioLibraries.FfmpegPath"/>.</param>
internal sealed class AudioFilesSource(IReadOnlyList<string> missing, string? ffmpegPath) : ISpeechSource
{
    public static AudioFilesSource OfThisMachine() => new(AudioLibraries.Missing, AudioLibraries.FfmpegPath);

    public IEnumerable<SpeechOffer> Find()
    {
        foreach (var sentence in missing) yield return new SpeechOffer.Missing($"audio files: {sentence}");
        if (ffmpegPath is null) yield return new SpeechOffer.Missing("m4a, mp4, webm, aac: ffmpeg is not installed (Debian package ffmpeg).");
    }
}
