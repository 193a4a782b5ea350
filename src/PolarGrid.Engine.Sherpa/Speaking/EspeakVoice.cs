namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>Languages as the library's phonemiser names them.</summary>
internal static class EspeakVoice
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "en-us",
        ["en-US"] = "en-us",
        ["en-GB"] = "en-gb",
        ["es"] = "es",
        ["fr"] = "fr-fr",
        ["hi"] = "hi",
        ["it"] = "it",
        ["ja"] = "ja",
        ["pt"] = "pt-br",
        ["pt-BR"] = "pt-br",
        ["pt-PT"] = "pt",
        ["de"] = "de",
    };

    /// <param name="language">For example <c>en-GB</c>.</param>
    /// <returns>Null where the model's own choice is better.</returns>
    public static string? For(string language) => Names.GetValueOrDefault(language) ?? Names.GetValueOrDefault(Primary(language));

    /// <summary>Whether a voice of one language can be asked for another: the region does not matter.</summary>
    public static bool Speaks(string voice, string asked) => Primary(voice).Equals(Primary(asked), StringComparison.OrdinalIgnoreCase);

    private static string Primary(string language) => language.Split('-', 2)[0];
}
