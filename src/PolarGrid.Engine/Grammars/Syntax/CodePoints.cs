namespace PolarGrid.Engine.Grammars.Syntax;

/// <summary>Sets of Unicode characters as sorted ranges.</summary>
internal static class CodePoints
{
    public const int Largest = 0x10FFFF;
    private const int FirstSurrogate = 0xD800, LastSurrogate = 0xDFFF;

    public static CodePointRange[] Any { get; } = Complement([]);

    /// <summary>Sorted, merged, without surrogates.</summary>
    public static CodePointRange[] Normalise(IEnumerable<CodePointRange> ranges)
    {
        var result = new List<CodePointRange>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (result.Count > 0 && range.First <= result[^1].Last + 1)
            {
                result[^1] = new(result[^1].First, Math.Max(result[^1].Last, range.Last));
            }
            else
            {
                result.Add(range);
            }
        }

        return [.. result.SelectMany(WithoutSurrogates)];
    }

    /// <summary>Every character outside the ranges.</summary>
    public static CodePointRange[] Complement(IEnumerable<CodePointRange> ranges)
    {
        var result = new List<CodePointRange>();
        var next = 0;
        foreach (var range in Normalise(ranges))
        {
            if (range.First > next) result.Add(new(next, range.First - 1));
            next = range.Last + 1;
        }

        if (next <= Largest) result.Add(new(next, Largest));
        return Normalise(result);
    }

    private static IEnumerable<CodePointRange> WithoutSurrogates(CodePointRange range)
    {
        if (range.Last < FirstSurrogate || range.First > LastSurrogate) return [range];
        return new CodePointRange[] { new(range.First, FirstSurrogate - 1), new(LastSurrogate + 1, range.Last) }
            .Where(part => part.First <= part.Last);
    }
}
