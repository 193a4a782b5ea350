namespace PolarGrid.Engine.Schemas.Numbers;

/// <summary>Where a number must lie; null is no bound.</summary>
/// <param name="Least">Smallest.</param>
/// <param name="ExcludesLeast">Whether the number must be larger than that.</param>
/// <param name="Most">Largest.</param>
/// <param name="ExcludesMost">Whether the number must be smaller than that.</param>
internal readonly record struct NumberBounds(DecimalNumber? Least, bool ExcludesLeast, DecimalNumber? Most, bool ExcludesMost)
{
    public static NumberBounds None { get; }

    public NumberBounds AtLeast(DecimalNumber bound, bool excluded)
    {
        var order = Least is { } least ? bound.CompareTo(least) : 1;
        return order < 0 ? this : this with { Least = bound, ExcludesLeast = excluded || (order == 0 && ExcludesLeast) };
    }

    public NumberBounds AtMost(DecimalNumber bound, bool excluded)
    {
        var order = Most is { } most ? bound.CompareTo(most) : -1;
        return order > 0 ? this : this with { Most = bound, ExcludesMost = excluded || (order == 0 && ExcludesMost) };
    }

    public bool Holds(DecimalNumber value) =>
        (Least is not { } least || (ExcludesLeast ? value > least : value >= least))
        && (Most is not { } most || (ExcludesMost ? value < most : value <= most));
}
