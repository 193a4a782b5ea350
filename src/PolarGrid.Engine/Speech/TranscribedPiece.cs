namespace PolarGrid.Engine.Speech;

/// <summary>What was heard in one stretch of speech. Times are seconds from its beginning.</summary>
public sealed record TranscribedPiece
{
    /// <summary>Without spaces around it; empty when nothing was said.</summary>
    public required string Text { get; init; }

    /// <summary>In order; empty where the model gives no times.</summary>
    public IReadOnlyList<TranscribedWord> Words { get; init; } = [];

    /// <summary>ISO 639-1; null where the model does not say.</summary>
    public string? Language { get; init; }

    /// <summary>The model's own token ids; empty where it has none to show.</summary>
    public IReadOnlyList<int> Tokens { get; init; } = [];

    /// <summary>Mean of the tokens' or words' natural log-probabilities; null where the model does not say.</summary>
    public double? AverageLogProbability { get; init; }

    /// <summary>0 to 1; null where the model does not say.</summary>
    public double? NoSpeechProbability { get; init; }

    public SpeechError? Error { get; init; }

    public static TranscribedPiece Failed(SpeechError error) => new() { Text = "", Error = error };
}

/// <summary>One word and when it was spoken.</summary>
/// <param name="Text">As written.</param>
/// <param name="Start">Seconds from the beginning of the stretch, 0 or more.</param>
/// <param name="End">Not before <paramref name="Start"/>.</param>
public sealed record TranscribedWord(string Text, double Start, double End);
