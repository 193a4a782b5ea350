namespace PolarGrid.Cli.Up;

/// <summary>
/// The sources of speech models in order: the first voice model and the first recogniser get the names that OpenAI's clients ask for, unless
/// an installed model asks for them in its manifest.
/// </summary>
internal static class SpeechSources
{
    /// <param name="threads">That one instance of a neural model computes with, 1 to 64.</param>
    public static IReadOnlyList<ISpeechSource> All(int threads = 1) =>
    [
        new ClassicSpeechSource(),
        SherpaSpeechSource.OfThisMachine(threads),
        AudioFilesSource.OfThisMachine(),
    ];
}
