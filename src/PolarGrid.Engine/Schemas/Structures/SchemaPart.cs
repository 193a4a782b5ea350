using System.Runtime.InteropServices;
using System.Text.Json;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>One schema of several that a value must satisfy together.</summary>
/// <param name="Element">An object or a boolean.</param>
/// <param name="Path">Tells parts apart.</param>
/// <param name="Without">Keywords that have been dealt with, so that they are not looked at again.</param>
internal sealed record SchemaPart(JsonElement Element, SchemaPath Path, HandledKeywords Without = HandledKeywords.None)
{
    private const int CharactersPerStep = 64;

    /// <summary>Equal for parts that say the same: place and keywords left out.</summary>
    public int Key => (Path.Id * 64) + (int)Without;

    public bool TryGet(string keyword, out JsonElement value)
    {
        value = default;
        return Element.ValueKind == JsonValueKind.Object && (Without & Flag(keyword)) == 0 && Element.TryGetProperty(keyword, out value);
    }

    public SchemaPart Excluding(string keyword) => this with { Without = Without | Flag(keyword) };

    /// <summary>A schema inside this one.</summary>
    public SchemaPart Child(JsonElement element, string keyword, string? name = null)
    {
        var path = Path.Below(keyword);
        if (name is not null) path = path.Below(name);
        return element.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
            ? new SchemaPart(element, path)
            : throw Fault(keyword, $"A schema is expected at {path}: an object, true or false.");
    }

    public SchemaFault Fault(string keyword, string reason) => new(keyword, Path.ToString(), reason);

    /// <summary>Counts the work of reading a keyword: its name, and what its value holds directly.</summary>
    public void SpendOn(string keyword, JsonElement value) => Path.Spend(1 + (keyword.Length / CharactersPerStep) + Size(value));

    /// <summary>Counts the work of reading whole values.</summary>
    public void SpendOn(JsonElement value) => Path.Spend(1 + (JsonMarshal.GetRawUtf8Value(value).Length / CharactersPerStep));

    private static int Size(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength(),
        JsonValueKind.Object => value.GetPropertyCount(),
        JsonValueKind.String or JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(value).Length / CharactersPerStep,
        _ => 0,
    };

    private static HandledKeywords Flag(string keyword) => keyword switch
    {
        "allOf" => HandledKeywords.AllOf,
        "$ref" => HandledKeywords.Reference,
        "anyOf" => HandledKeywords.AnyOf,
        "oneOf" => HandledKeywords.OneOf,
        "dependentRequired" or "dependencies" => HandledKeywords.Dependencies,
        _ => HandledKeywords.None,
    };
}

/// <summary>Keywords that are replaced by what they stand for.</summary>
[Flags]
internal enum HandledKeywords
{
    None = 0,
    AllOf = 1,
    Reference = 2,
    AnyOf = 4,
    OneOf = 8,

    /// <summary>Marks a part of our own that stands beside the one at the same place.</summary>
    Added = 16,
    Dependencies = 32,
}
