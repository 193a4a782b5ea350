namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Writes arrays: items with a place of their own, then any number of others.</summary>
internal sealed class ArrayRules(SchemaWriter schemas, RuleSet rules)
{
    public string? Write(Facets facets)
    {
        var least = facets.LeastItems;
        var most = facets.MostItems ?? long.MaxValue;
        if (least > most) return null;
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
