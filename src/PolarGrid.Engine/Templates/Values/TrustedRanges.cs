namespace PolarGrid.Engine.Templates.Values;

/// <summary>Arithmetic on sorted, disjoint, non-touching ranges.</summary>
internal static class TrustedRanges
{
    public static readonly TextRange[] None = [];

    public static TextRange[] All(int length) => length == 0 ? None : [new TextRange(0, length)];

    /// <summary>The part of <paramref name="ranges"/> inside a piece, with offsets counted from the piece's start.</summary>
    public static TextRange[] Slice(TextRange[] ranges, int start, int length)
    {
        if (ranges.Length == 0 || length == 0) return None;
        var end = start + length;
        var first = FirstEndingAfter(ranges, start);
        var last = first;
        while (last < ranges.Length && ranges[last].Start < end) last++;
        if (first == last) return None;

        var slice = new TextRange[last - first];
        for (var i = 0; i < slice.Length; i++)
        {
            var from = Math.Max(ranges[first + i].Start, start);
            var to = Math.Min(ranges[first + i].End, end);
            slice[i] = new TextRange(from - start, to - from);
        }

        return slice;
    }

    /// <summary>By bisection: a long text is cut into thousands of pieces by one <c>split</c>.</summary>
    public static int FirstEndingAfter(TextRange[] ranges, int offset)
    {
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].End > offset) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
