namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>What the checks learned from a model's files.</summary>
internal abstract record ModelFacts;

/// <summary>Of a voice model.</summary>
/// <param name="SampleRate">In hertz.</param>
/// <param name="Speakers">1 or more.</param>
/// <param name="Characters">What it can be given, where it reads characters itself; null where it is given phonemes or words.</param>
/// <param name="DropsLoneTail">Whether the library drops a single character behind the last sentence.</param>
/// <param name="PicksLanguage">Whether a language can be named for each piece of text.</param>
internal sealed record VoiceFacts(
    int SampleRate, int Speakers, IReadOnlySet<int>? Characters = null, bool DropsLoneTail = false, bool PicksLanguage = false) : ModelFacts;

/// <summary>Of a recogniser.</summary>
internal sealed record RecognizerFacts : ModelFacts
{
    /// <summary>ISO 639-1; empty where the files do not say.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public bool DetectsLanguage { get; init; }

    public bool Translates { get; init; }

    public bool GivesTimes { get; init; }

    /// <summary>Longest that it hears at once, in seconds.</summary>
    public double MaxSeconds { get; init; } = 60;

    /// <summary>Whether speech above <see cref="MaxSeconds"/> would be lost, in part or all of it; a manifest cannot allow more then.</summary>
    public bool LosesMore { get; init; }

    /// <summary>How far apart tokens are at least, in seconds; the length given to the last of a word.</summary>
    public double TokenSeconds { get; init; } = 0.04;

    /// <summary>Size of a feature frame; 80 unless the model says otherwise.</summary>
    public int FeatureDimension { get; init; } = 80;

    /// <summary>The library's name for the family where files alone do not say; else null.</summary>
    public string? ModelType { get; init; }
}

/// <summary>Of a voice activity detector.</summary>
/// <param name="ContextSamples">Samples of the window before that belong to each window.</param>
internal sealed record DetectorFacts(int ContextSamples) : ModelFacts;
