using System.Text.Json;

namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>One object of a manifest: typed access that throws a <see cref="ModelFault"/> with field, value and what is allowed.</summary>
internal sealed class ManifestObject
{
    private readonly JsonElement element;
    private readonly string path;

    /// <param name="element">Any JSON; what is no object is refused here.</param>
    /// <param name="path">In front of field names in messages: empty, or with a dot at its end.</param>
    public ManifestObject(JsonElement element, string path)
    {
        this.element = element;
        this.path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ModelFault($"{SherpaManifest.FileName}: {(path.Length == 0 ? "it" : $"'{path.TrimEnd('.')}'")} is {Show(element)}; it must be an object.");
        }
    }

    public bool Has(string field) => element.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    public bool IsList(string field) => element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array;

    public void AllowOnly(string[] fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!fields.Contains(property.Name))
            {
                throw new ModelFault($"{SherpaManifest.FileName}: '{path}{property.Name}' is no field; known are {string.Join(", ", fields)}.");
            }
        }
    }

    /// <summary>The index of a text among those allowed.</summary>
    public int OneOf(string field, string[] allowed)
    {
        var text = Required(field).ValueKind == JsonValueKind.String ? Required(field).GetString() : null;
        var index = Array.IndexOf(allowed, text);
        return index >= 0 ? index : throw Wrong(field, $"it must be one of: {string.Join(", ", allowed)}");
    }

    public string Text(string field, int least, int most) =>
        Text(field, $"a text of {least} to {most} characters", text => text.Length >= least && text.Length <= most);

    public string Text(string field, string allowed, Func<string, bool> fits)
    {
        var value = Required(field);
        return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !text.Any(char.IsControl) && fits(text)
            ? text
            : throw Wrong(field, $"give {allowed}");
    }

    /// <summary>A list of texts, each once; empty when the field is absent.</summary>
    public IReadOnlyList<string> Texts(string field, int most, string allowed, Func<string, bool> fits)
    {
        if (!Has(field)) return [];
        var value = Required(field);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most) throw Wrong(field, $"give a list of at most {most}");
        List<string> texts = [];
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { } text || text.Any(char.IsControl) || !fits(text))
            {
                throw new ModelFault($"{SherpaManifest.FileName}: '{path}{field}' has {Show(item)}; each must be {allowed}.");
            }

            if (texts.Contains(text)) throw new ModelFault($"{SherpaManifest.FileName}: '{path}{field}' has {Show(item)} twice.");
            texts.Add(text);
        }

        return texts;
    }

    public double? Number(string field, double least, double most)
    {
        if (!Has(field)) return null;
        var value = Required(field);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(field, $"give a number from {least} to {most}");
    }

    public ManifestObject Object(string field) => new(Required(field), $"{path}{field}.");

    /// <summary>A list of objects; empty when the field is absent.</summary>
    public IEnumerable<ManifestObject> Objects(string field, int most)
    {
        if (!Has(field)) return [];
        var value = Required(field);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most) throw Wrong(field, $"give a list of at most {most}");
        return value.EnumerateArray().Select((item, index) => new ManifestObject(item, $"{path}{field}[{index}]."));
    }

    public ModelFault Missing(string field, string why) => new($"{SherpaManifest.FileName}: '{path}{field}' is missing; {why}.");

    public ModelFault Wrong(string field, string allowed) =>
        new($"{SherpaManifest.FileName}: '{path}{field}' is {Show(Required(field))}; {allowed}.");

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 80 ? text : $"{text[..80]}…";
    }

    private JsonElement Required(string field) =>
        element.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : throw Missing(field, "it is needed");
}
