namespace PolarGrid.Engine.Speech;

/// <summary>What a voice model is. Plain data; does not change while the model is loaded.</summary>
public sealed record SynthesizerDescription
{
    /// <summary>Its name on the wire, for example <c>flite</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The library that runs it.</summary>
    public required string Engine { get; init; }

    /// <summary>Of the samples that it makes, in hertz; voices may not differ.</summary>
    public required int SampleRate { get; init; }

    /// <summary>1 or more; the first is the default.</summary>
    public required IReadOnlyList<Voice> Voices { get; init; }

    /// <summary>Which text its pieces may have; <see cref="Text.SpeechText.Prepare"/> sees to it.</summary>
    public Text.TextForm Reads { get; init; }

    /// <summary>Whether <c>instructions</c> change how it speaks.</summary>
    public bool FollowsInstructions { get; init; }

    /// <summary>When the model was made, for <c>/v1/models</c>.</summary>
    public DateTimeOffset Created { get; init; }
}

/// <summary>One voice of a model.</summary>
/// <param name="Id">Unique within its model.</param>
/// <param name="Language">ISO 639-1, with a region where it matters: <c>en-US</c>.</param>
/// <param name="Gender">Null where nobody says.</param>
public sealed record Voice(string Id, string Language, VoiceGender? Gender = null);

/// <summary>How a voice is heard; chooses a stand-in for a voice that is not installed.</summary>
public enum VoiceGender
{
    Female,
    Male,
}
