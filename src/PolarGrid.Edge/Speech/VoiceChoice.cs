using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Speech;

/// <summary>Which of a model's voices speaks for a name and a language.</summary>
internal static class VoiceChoice
{
    /// <summary>Asks for the model's first voice.</summary>
    public const string DefaultName = "default";

    private const int MostListed = 30, ListedOfMany = 8;

    /// <param name="model">Whose voices are looked at.</param>
    /// <param name="name">One of its ids, a documented name or <see cref="DefaultName"/>; ids win.</param>
    /// <param name="language">ISO 639-1, with a region where it matters; null: any.</param>
    /// <param name="voice">The voice; null with an error.</param>
    /// <returns>400 that lists what there is.</returns>
    public static ApiError? Find(SynthesizerDescription model, string name, string? language, out Voice? voice)
    {
        voice = model.Voices.FirstOrDefault(own => own.Id == name);
        if (voice is not null) return language is null || Speaks(voice, language) ? null : WrongLanguage(model, voice, language);

        var documented = DocumentedVoice.Find(name);
        if (documented is null && name != DefaultName) return Unknown(model, name);
        var voices = language is null ? model.Voices : [.. model.Voices.Where(own => Speaks(own, language))];
        if (voices.Count == 0) return NoSuchLanguage(model, language!);
        voice = documented is null ? voices[0] : StandIn(voices, documented);
        return null;
    }

    /// <summary>The voice of the same name in another spelling, else the nearest by language, gender and accent, else the first.</summary>
    public static Voice StandIn(IReadOnlyList<Voice> voices, DocumentedVoice wanted)
    {
        if (voices.FirstOrDefault(voice => DocumentedVoice.Bare(voice.Id) == wanted.BareName) is { } namesake) return namesake;
        var best = voices.Max(voice => Likeness(voice, wanted));
        if (best < 0) return voices[0];
        var equals = voices.Where(voice => Likeness(voice, wanted) == best).ToArray();
        return equals[wanted.Turn % equals.Length];
    }

    /// <summary>Language before gender before accent; negative for another language, where no name says anything.</summary>
    private static int Likeness(Voice voice, DocumentedVoice wanted)
    {
        if (Primary(voice.Language) != Primary(wanted.Language)) return -1;
        var gender = voice.Gender == wanted.Gender ? 4 : voice.Gender is null ? 2 : 0;
        return gender + (voice.Language.Equals(wanted.Language, StringComparison.OrdinalIgnoreCase) ? 1 : 0);
    }

    /// <summary>A language without a region means all of its regions.</summary>
    private static bool Speaks(Voice voice, string language) =>
        language.Contains('-', StringComparison.Ordinal)
            ? voice.Language.Equals(language, StringComparison.OrdinalIgnoreCase)
            : Primary(voice.Language).Equals(language, StringComparison.OrdinalIgnoreCase);

    private static string Primary(string language) => language.Split('-')[0];

    private static ApiError Unknown(SynthesizerDescription model, string name) => new(
        ErrorTable.InvalidValue,
        $"The model '{model.Id}' has no voice '{FieldReader.Quote(name)}' and clones none. Its voices: {List(model, model.Voices.Select(voice => voice.Id))}; "
        + $"names that stand for one of them: {string.Join(", ", DocumentedVoice.All.Select(voice => voice.Name))}.",
        "voice");

    private static ApiError WrongLanguage(SynthesizerDescription model, Voice voice, string language)
    {
        var others = model.Voices.Where(other => Speaks(other, language)).Select(other => other.Id).ToArray();
        return others.Length == 0
            ? NoSuchLanguage(model, language)
            : new(ErrorTable.InvalidValue, $"The voice '{voice.Id}' speaks {voice.Language}, not '{language}'; those that do: {List(model, others)}.", "language");
    }

    private static ApiError NoSuchLanguage(SynthesizerDescription model, string language) => new(
        ErrorTable.InvalidValue,
        $"The model '{model.Id}' does not speak '{language}'. It speaks: {List(model, model.Voices.Select(voice => voice.Language).Distinct())}.",
        "language");

    private static string List(SynthesizerDescription model, IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length <= MostListed
            ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(ListedOfMany))} and {all.Length - ListedOfMany} more (GET /v1/audio/voices?model={Uri.EscapeDataString(model.Id)} lists all)";
    }
}
