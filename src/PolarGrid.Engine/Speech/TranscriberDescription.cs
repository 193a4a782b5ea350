namespace PolarGrid.Engine.Speech;

/// <summary>What a recogniser is. Plain data; does not change while the model is loaded.</summary>
public sealed record TranscriberDescription
{
    /// <summary>Its name on the wire, for example <c>pocketsphinx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The library that runs it.</summary>
    public required string Engine { get; init; }

    /// <summary>Of the samples that it takes, in hertz.</summary>
    public required int SampleRate { get; init; }

    /// <summary>ISO 639-1; the first is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Whether it finds out the language by itself.</summary>
    public bool DetectsLanguage { get; init; }

    /// <summary>Whether it can write English for speech in another language.</summary>
    public bool Translates { get; init; }

    /// <summary>Whether results say when each word was spoken.</summary>
    public bool GivesWordTimes { get; init; }

    /// <summary>Whether a prompt changes what it hears.</summary>
    public bool TakesPrompt { get; init; }

    /// <summary>Whether <see cref="TranscriptionSettings.Temperature"/> changes what it writes.</summary>
    public bool TakesTemperature { get; init; }

    /// <summary>Whether it writes punctuation.</summary>
    public bool Punctuates { get; init; }

    /// <summary>Whether <see cref="IUtterance.Partial"/> is cheap because the work is done while samples come.</summary>
    public bool HearsAsItGoes { get; init; }

    /// <summary>Longest stretch that one utterance may have, in seconds; longer speech is cut where it is quiet.</summary>
    public required double MaxUtteranceSeconds { get; init; }

    /// <summary>When the model was made, for <c>/v1/models</c>.</summary>
    public DateTimeOffset Created { get; init; }
}
