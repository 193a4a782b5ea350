using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>Reads a manifest. Every mistake names the field, its value and what is allowed; a field that nobody knows is a mistake too.</summary>
internal static partial class ManifestReader
{
    private const int MostBytes = 1024 * 1024;

    private static readonly string[] Fields =
        ["engine", "kind", "description", "files", "languages", "voices", "licence", "aliases", "max_utterance_seconds", "created"];

    /// <exception cref="ModelFault">It cannot be used.</exception>
    public static SherpaManifest Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length is 0 or > MostBytes) throw new ModelFault($"{SherpaManifest.FileName} has {length} bytes; 1 to {MostBytes} are accepted.");
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(new ManifestObject(document.RootElement, ""));
        }
        catch (JsonException failed)
        {
            throw new ModelFault($"{SherpaManifest.FileName} is no JSON that can be read: {failed.Message.Split('\n')[0]}");
        }
        catch (Exception failed) when (failed is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFault($"There is no {SherpaManifest.FileName} in the folder.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ModelFault($"{SherpaManifest.FileName} cannot be read: {failed.Message}");
        }
    }

    public static bool IsLanguage(string text) => Language().IsMatch(text);

    public static bool IsName(string text) => Name().IsMatch(text);

    private static SherpaManifest Read(ManifestObject root)
    {
        root.AllowOnly(Fields);
        root.OneOf("engine", [SherpaManifest.Engine]);
        var kinds = KindRule.All;
        var rule = kinds[root.OneOf("kind", [.. kinds.Select(kind => kind.Name)])];
        return new SherpaManifest
        {
            Kind = rule.Kind,
            Files = ReadFiles(root, rule),
            Languages = root.Texts("languages", 200, "languages as in ISO 639, for example en", IsLanguage),
            Voices = ReadVoices(root, rule),
            Licence = root.Text("licence", 1, 200),
            Aliases = root.Texts("aliases", 20, "a name of 1 to 64 letters, digits, dots, hyphens and underscores", IsName),
            MaxUtteranceSeconds = root.Number("max_utterance_seconds", 1, 600),
            Created = ReadDate(root),
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadFiles(ManifestObject root, KindRule rule)
    {
        var files = root.Object("files");
        files.AllowOnly([.. rule.Needed, .. rule.Optional]);
        var read = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var key in (string[])[.. rule.Needed, .. rule.Optional])
        {
            if (!files.Has(key))
            {
                if (rule.Needed.Contains(key)) throw files.Missing(key, $"a model of kind {rule.Name} needs it");
                continue;
            }

            read[key] = KindRule.Lists.Contains(key) && files.IsList(key)
                ? files.Texts(key, 50, "a path inside the folder", path => path.Length is > 0 and < 1000)
                : [files.Text(key, 1, 1000)];
        }

        return read;
    }

    private static List<SherpaVoice> ReadVoices(ManifestObject root, KindRule rule)
    {
        List<SherpaVoice> voices = [];
        foreach (var voice in root.Objects("voices", 5000))
        {
            if (!rule.IsVoice) throw root.Wrong("voices", $"{rule.Name} models have none; leave the field out");
            voice.AllowOnly(["id", "speaker", "language", "gender"]);
            var read = new SherpaVoice(
                voice.Text("id", "a name of 1 to 64 letters, digits, dots, hyphens and underscores", IsName),
                (int)(voice.Number("speaker", 0, 100_000) ?? 0),
                voice.Text("language", "a language as in BCP 47, for example en-US", IsLanguage),
                voice.Has("gender") ? (Speech.VoiceGender)voice.OneOf("gender", ["female", "male"]) : null);
            if (voices.Exists(other => other.Id == read.Id)) throw voice.Wrong("id", "two voices have it; every voice needs an id of its own");
            voices.Add(read);
        }

        return voices;
    }

    private static DateTimeOffset? ReadDate(ManifestObject root)
    {
        if (!root.Has("created")) return null;
        var text = root.Text("created", 1, 40);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw root.Wrong("created", "give a date such as 2025-01-27");
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
    private static partial Regex Language();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    private static partial Regex Name();
}
