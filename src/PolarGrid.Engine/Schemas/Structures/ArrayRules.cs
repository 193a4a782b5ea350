namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Writes arrays: items with a place of their own, then any number of others.</summary>
internal sealed class ArrayRules(SchemaWriter schemas, RuleSet rules)
{
    /// <summary>Places at which the one item may stand that a list must contain, where each is written.</summary>
    private const int MostPlaces = 64;

    private readonly UniqueItems unique = new(rules);

    public string? Write(Facets facets)
    {
        var least = facets.LeastItems;
        var most = facets.MostItems ?? long.MaxValue;
        if (least > most) return null;
        if (facets.Contains is { } contained) return Containing(facets, contained, Math.Max(1, least), most);
        if (facets.AreItemsUnique && most > 1) return Unique(facets, least, most);
        var prefix = new List<string>();
        for (var place = 0; place < facets.Prefix.Count && place < most; place++)
        {
            if (schemas.WriteInside(facets.ItemsAt(place)) is not { } item)
            {
                // Nothing can stand here, so the array ends before.
                if (least > prefix.Count) return null;
                most = prefix.Count;
                break;
            }

            prefix.Add(item);
        }

        // Behind items with a place of their own, others are written only where the schema speaks of them or needs them.
        string? rest = null;
        if (most > prefix.Count)
        {
            var others = facets.ItemsAt(int.MaxValue);
            if (others.Count > 0) rest = schemas.WriteInside(others);
            else if (!facets.AreItemsSealed && (facets.Prefix.Count == 0 || least > prefix.Count)) rest = schemas.Open.Value(SchemaLimits.OpenDepth - 1);
        }

        if (rest is null && least > prefix.Count) return null;
        return Array(prefix, rest, least, most == long.MaxValue ? null : most);
    }

    private string? Unique(Facets facets, long least, long most)
    {
        var values = facets.Prefix.Count > 0 ? null : schemas.Listed(facets.ItemsAt(0));
        return values?.Count <= UniqueItems.MostValues
            ? unique.Write(values, least, most)
            : throw facets.First.Fault("uniqueItems", $"That items differ can be enforced only where 'items' lists at most {UniqueItems.MostValues} values ('enum'); leave it out.");
    }

    /// <summary>The item that must be there stands at some place; before and behind it others may stand, which may match too.</summary>
    private string? Containing(Facets facets, SchemaPart contained, long least, long most)
    {
        if (facets.Prefix.Count > 0 || facets.AreItemsUnique || facets.AreItemsSealed)
        {
            throw facets.First.Fault("contains", "Beside 'prefixItems', 'uniqueItems' or 'unevaluatedItems' this cannot be enforced.");
        }

        if (most == 0) return null;
        var places = most < long.MaxValue ? most : least;
        if (places > MostPlaces) throw facets.First.Fault("contains", $"Beside it, 'minItems' and 'maxItems' may be at most {MostPlaces}.");
        var items = facets.ItemsAt(0);
        if (schemas.WriteInside([.. items, contained]) is not { } one) return null;
        var other = items.Count > 0 ? schemas.WriteInside(items)! : schemas.Open.Value(SchemaLimits.OpenDepth - 1);
        var ways = new List<string>();
        for (var before = 0L; before < places; before++)
        {
            // Without a maximum the last way takes any number before it.
            long? upTo = most == long.MaxValue && before == places - 1 ? null : before;
            long? behind = most == long.MaxValue ? null : most - 1 - before;
            ways.Add($"{Gbnf.Times($"({other} {Gbnf.Comma})", before, upTo)} {one} {Repeated(other, Math.Max(0, least - 1 - before), behind)}");
        }

        return rules.Add($"\"[\" ({string.Join(" | ", ways)}) \"]\"");
    }

    private string Array(List<string> prefix, string? rest, long least, long? most)
    {
        if (prefix.Count == 0 && (rest is null || most == 0)) return "\"[\" \"]\"";
        string tail;
        int from;
        if (prefix.Count == 0)
        {
            tail = $"{rest} {Repeated(rest!, Math.Max(0, least - 1), most - 1)}";
            from = 0;
        }
        else
        {
            tail = rest is null ? "" : Repeated(rest, Math.Max(0, least - prefix.Count), most - prefix.Count);
            from = prefix.Count;
        }

        for (var i = from - 1; i >= 0; i--)
        {
            // Whether the items behind this one may all be absent.
            if (i + 1 < prefix.Count && i + 1 >= least) tail = $"({rules.Add($"{Gbnf.Comma} {tail}")})?";
            else if (i + 1 < prefix.Count) tail = $"{Gbnf.Comma} {tail}";
            tail = $"{prefix[i]} {tail}";
        }

        return rules.Add(least == 0 ? $"\"[\" ({tail})? \"]\"" : $"\"[\" {tail} \"]\"");
    }

    private static string Repeated(string item, long least, long? most) =>
        most <= 0 ? "" : Gbnf.Times($"({Gbnf.Comma} {item})", least, most);
}
