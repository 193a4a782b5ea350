namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>Languages as espeak-ng, the library's phonemiser, names them: by the files below <c>lang</c> in its folder.</summary>
internal static class EspeakVoice
{
    // British English is plain "en" in most versions of the data.
    private static readonly Dictionary<string, string[]> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = ["en-us", "en"],
        ["en-GB"] = ["en-gb", "en-gb-x-rp", "en"],
        ["fr-FR"] = ["fr-fr", "fr"],
        ["es-ES"] = ["es"],
        ["de-DE"] = ["de"],
        ["it-IT"] = ["it"],
        ["zh"] = ["cmn"],
        ["no"] = ["nb"],
    };

    /// <summary>The phonemiser's name for a language; null where it has none, and the model's own choice stands.</summary>
    /// <param name="dataFolder">An <c>espeak-ng-data</c>.</param>
    /// <param name="language">For example <c>en-GB</c>.</param>
    public static string? For(string dataFolder, string language)
    {
        var folder = Path.Combine(dataFolder, "lang");
        if (!Directory.Exists(folder)) return null;
        var present = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] candidates = [.. Others.GetValueOrDefault(language, [language]), Primary(language)];
        return Array.Find(candidates, present.Contains)?.ToLowerInvariant();
    }

    /// <summary>Whether a voice of one language can be asked for another: the region does not matter.</summary>
    public static bool Speaks(string voice, string asked) => Primary(voice).Equals(Primary(asked), StringComparison.OrdinalIgnoreCase);

    private static string Primary(string language) => language.Split('-', 2)[0];
}
