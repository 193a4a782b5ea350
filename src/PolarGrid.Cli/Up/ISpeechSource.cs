namespace PolarGrid.Cli.Up;

/// <summary>Where speech models come from: a library, a folder. <see cref="SpeechSources"/> lists them.</summary>
internal interface ISpeechSource
{
    /// <summary>Looks for what it has. What cannot be used is an offer too: its reason is shown at the start.</summary>
    IEnumerable<SpeechOffer> Find();
}
