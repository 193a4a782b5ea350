namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>What the file <c>polargrid.json</c> of a model folder says. docs/speech-models.md describes its fields.</summary>
public sealed record SherpaManifest
{
    public const string FileName = "polargrid.json";

    public const string Engine = "sherpa-onnx";

    public required SherpaKind Kind { get; init; }

    /// <summary>Paths inside the folder, by key; a key has one path or, for some, several.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Files { get; init; }

    /// <summary>ISO 639-1; the first is the default. Empty where the model itself says or the kind has none.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Empty: one for each of the model's speakers.</summary>
    public IReadOnlyList<SherpaVoice> Voices { get; init; } = [];

    /// <summary>Under which licence the weights are, as its maker writes it.</summary>
    public required string Licence { get; init; }

    /// <summary>Further names on the wire, for example <c>tts-1</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>1 to 600; null: what the kind can take.</summary>
    public double? MaxUtteranceSeconds { get; init; }

    /// <summary>When the model was made; null where nobody says.</summary>
    public DateTimeOffset? Created { get; init; }
}

/// <summary>One voice of a model.</summary>
/// <param name="Id">On the wire.</param>
/// <param name="Speaker">Its number in the model, from 0.</param>
/// <param name="Language">For example <c>en-US</c>.</param>
/// <param name="Gender">Null where nobody says.</param>
public sealed record SherpaVoice(string Id, int Speaker, string Language, Speech.VoiceGender? Gender);
