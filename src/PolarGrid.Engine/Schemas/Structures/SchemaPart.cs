using System.Text.Json;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>One schema of several that a value must satisfy together.</summary>
/// <param name="Element">An object or a boolean.</param>
/// <param name="Path">JSON pointer as a fragment; tells parts apart.</param>
/// <param name="Without">A keyword that has been dealt with, so that it is not looked at again; null for none.</param>
internal sealed record SchemaPart(JsonElement Element, string Path, string? Without = null)
{
    public string Key => Without is null ? Path : $"{Path}!{Without}";

    public bool TryGet(string keyword, out JsonElement value)
    {
        value = default;
        return Element.ValueKind == JsonValueKind.Object
            && Without?.Split('!').Contains(keyword) is not true
            && Element.TryGetProperty(keyword, out value);
    }

    public SchemaPart Excluding(string keyword) => this with { Without = Without is null ? keyword : $"{Without}!{keyword}" };

    /// <summary>A schema inside this one.</summary>
    public SchemaPart Child(JsonElement element, string keyword, string? name = null)
    {
        var path = name is null ? $"{Path}/{keyword}" : $"{Path}/{keyword}/{Escaped(name)}";
        return element.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
            ? new SchemaPart(element, path)
            : throw new SchemaFault(keyword, Path, $"A schema is expected at {path}: an object, true or false.");
    }

    public SchemaFault Fault(string keyword, string reason) => new(keyword, Path, reason);

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
