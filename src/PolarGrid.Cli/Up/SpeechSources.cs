namespace PolarGrid.Cli.Up;

/// <summary>The sources of speech models, best first: the first voice model and the first recogniser get the names that OpenAI's clients ask for.</summary>
internal static class SpeechSources
{
    public static IReadOnlyList<ISpeechSource> All() =>
    [
        new ClassicSpeechSource(),
    ];
}
