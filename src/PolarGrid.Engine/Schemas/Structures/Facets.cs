using System.Numerics;
using System.Text.Json;
using PolarGrid.Engine.Schemas.Numbers;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>What several schemas without alternatives say together about a value.</summary>
internal sealed class Facets
{
    private readonly HashSet<string> requiredNames = new(StringComparer.Ordinal);
    private readonly List<string> required = [];
    private readonly Dictionary<string, int> propertyIndices = new(StringComparer.Ordinal);

    public required SchemaPart First { get; init; }

    /// <summary>Types that are allowed.</summary>
    public ValueTypes Types { get; set; } = ValueTypes.All;

    /// <summary>Whether some schema named types.</summary>
    public bool NamesTypes { get; set; }

    /// <summary>Types that some keyword is about; taken as meant where no schema names types.</summary>
    public ValueTypes Hinted { get; set; }

    /// <summary>The values of <c>enum</c> and <c>const</c>; null for any.</summary>
    public List<JsonElement>? Values { get; set; }

    /// <summary>Values that may not be written, as <see cref="ValueKey"/> writes them; null for none.</summary>
    public HashSet<string>? Forbidden { get; private set; }

    public NumberBounds Numbers { get; set; }

    /// <summary>Null for none.</summary>
    public BigInteger? Step { get; set; }

    /// <summary>Most digits behind the point; null for any.</summary>
    public int? FractionDigits { get; set; }

    public long LeastLength { get; set; }

    public long? MostLength { get; set; }

    public (string Text, SchemaPart Part)? Pattern { get; set; }

    public (string Name, SchemaPart Part)? Format { get; set; }

    /// <summary>In the order in which the schemas name them; what several say about one applies together.</summary>
    public List<(string Name, List<SchemaPart> Schemas)> Properties { get; } = [];

    /// <summary>Properties that may not be there; they are among <see cref="Properties"/>, but name nothing that may.</summary>
    public HashSet<string> Excluded { get; } = new(StringComparer.Ordinal);

    /// <summary>None twice, in the order in which the schemas name them.</summary>
    public IReadOnlyList<string> Required => required;

    /// <summary>What properties must satisfy that the same schema does not name; empty when no schema asks for any.</summary>
    public List<OtherProperties> Others { get; } = [];

    /// <summary>Schemas that allow no properties but their own: only what all of them name may be there.</summary>
    public List<OtherProperties> Closed { get; } = [];

    /// <summary>Whether only named properties may be written where nothing asks for others.</summary>
    public bool IsSealed { get; set; }

    public SchemaPart? PropertyNames { get; set; }

    public PatternProperty? PatternProperty { get; set; }

    public long LeastProperties { get; set; }

    public long? MostProperties { get; set; }

    /// <summary>By place: what items at the beginning must satisfy.</summary>
    public List<List<SchemaPart>> Prefix { get; } = [];

    /// <summary>What items must satisfy from some place on; empty for anything.</summary>
    public List<(SchemaPart Schema, int From)> Items { get; } = [];

    /// <summary>Whether items without a schema may not be written.</summary>
    public bool AreItemsSealed { get; set; }

    /// <summary>Whether no two items may be equal.</summary>
    public bool AreItemsUnique { get; set; }

    /// <summary>What at least one item must satisfy; null for nothing.</summary>
    public SchemaPart? Contains { get; set; }

    public long LeastItems { get; set; }

    public long? MostItems { get; set; }

    public bool IsEmpty => Types == ValueTypes.All && !NamesTypes && Hinted == 0 && Values is null && Forbidden is null;

    /// <summary>Types to write: where no schema names types, those that some keyword is about.</summary>
    public ValueTypes Written => NamesTypes || (Hinted & Types) == 0 ? Types : Hinted & Types;

    public void Forbid(string valueKey) => (Forbidden ??= new(StringComparer.Ordinal)).Add(valueKey);

    public void Require(string name)
    {
        if (requiredNames.Add(name)) required.Add(name);
    }

    public bool Requires(string name) => requiredNames.Contains(name);

    public bool Declares(string name) => propertyIndices.ContainsKey(name);

    /// <summary>What is said about a property; to be added to.</summary>
    public List<SchemaPart> Property(string name)
    {
        if (propertyIndices.TryGetValue(name, out var index)) return Properties[index].Schemas;
        propertyIndices[name] = Properties.Count;
        Properties.Add((name, []));
        return Properties[^1].Schemas;
    }

    /// <summary>Everything that is said about a property, whoever says it.</summary>
    public List<SchemaPart> SchemasOf(string name, List<SchemaPart> named) =>
        [.. named, .. Others.Where(other => !other.Named.Contains(name)).Select(other => other.Schema)];

    /// <summary>Everything that is said about the item at a place.</summary>
    public List<SchemaPart> ItemsAt(int place) =>
        [.. place < Prefix.Count ? Prefix[place] : [], .. Items.Where(items => items.From <= place).Select(items => items.Schema)];
}

/// <summary>What a schema says about properties that it does not name.</summary>
/// <param name="Schema">They must satisfy it.</param>
/// <param name="Owner">Where the schema is that says so.</param>
/// <param name="Named">The properties that it names.</param>
internal sealed record OtherProperties(SchemaPart Schema, SchemaPath Owner, HashSet<string> Named);

/// <summary>Properties whose names match a pattern.</summary>
/// <param name="Pattern">A regular expression.</param>
/// <param name="Schema">They must satisfy it.</param>
/// <param name="Owner">Where the schema is that says so.</param>
internal sealed record PatternProperty(string Pattern, SchemaPart Schema, SchemaPath Owner);
