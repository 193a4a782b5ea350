using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Speech;

/// <summary>A voice name out of OpenAI's or PolarGrid's documents, and how that voice sounds.</summary>
/// <param name="Name">As callers write it.</param>
/// <param name="Language">Of its accent.</param>
/// <param name="Gender">As people hear it.</param>
internal sealed record DocumentedVoice(string Name, string Language, VoiceGender Gender)
{
    private const string American = "en-US", British = "en-GB";

    /// <summary>
    /// All names. Among equals the order matters where a model has several voices that fit: names take turns at them, those of
    /// PolarGrid's own examples first.
    /// </summary>
    public static IReadOnlyList<DocumentedVoice> All { get; } =
    [
        new("alloy", American, VoiceGender.Female),
        new("ballad", British, VoiceGender.Male),
        new("coral", American, VoiceGender.Female),
        new("echo", American, VoiceGender.Male),
        new("fable", British, VoiceGender.Male),
        new("onyx", American, VoiceGender.Male),
        new("ash", American, VoiceGender.Male),
        new("nova", American, VoiceGender.Female),
        new("sage", American, VoiceGender.Female),
        new("shimmer", American, VoiceGender.Female),
        new("verse", American, VoiceGender.Male),
        new("marin", American, VoiceGender.Female),
        new("cedar", American, VoiceGender.Male),
        new("af_bella", American, VoiceGender.Female),
        new("af_sarah", American, VoiceGender.Female),
        new("am_adam", American, VoiceGender.Male),
        new("am_michael", American, VoiceGender.Male),
        new("bf_emma", British, VoiceGender.Female),
        new("bf_isabella", British, VoiceGender.Female),
        new("bm_george", British, VoiceGender.Male),
        new("bm_lewis", British, VoiceGender.Male),
    ];

    /// <summary>The name without an <c>af_</c> or its like in front.</summary>
    public string BareName => Bare(Name);

    /// <summary>Its place among the names that sound like it, from 0.</summary>
    public int Turn => All.TakeWhile(other => other.Name != Name).Count(other => other.Language == Language && other.Gender == Gender);

    public static DocumentedVoice? Find(string name) => All.FirstOrDefault(voice => voice.Name == name);

    public static string Bare(string id) => id.Length > 3 && id[2] == '_' ? id[3..] : id;
}
