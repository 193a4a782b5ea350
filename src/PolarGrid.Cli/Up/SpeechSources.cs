namespace PolarGrid.Cli.Up;

/// <summary>
/// The sources of speech models in order: the first voice model and the first recogniser get the names that OpenAI's clients ask for, unless
/// an installed model asks for them in its manifest.
/// </summary>
internal static class SpeechSources
{
    public static IReadOnlyList<ISpeechSource> All() =>
    [
        new ClassicSpeechSource(),
        SherpaSpeechSource.OfThisMachine(),
        AudioFilesSource.OfThisMachine(),
    ];
}
