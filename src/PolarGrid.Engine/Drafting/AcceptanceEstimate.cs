namespace PolarGrid.Engine.Drafting;

/// <summary>
/// How often the token behind a match was the one that came, for one sequence, by how long the match was: the longer, the likelier.
/// </summary>
/// <remarks>
/// Every generated token that a match foretold counts, whether its guess was computed or not, so finding out costs nothing and a
/// sequence that begins to repeat itself is noticed at once. Depends on the sequence's tokens alone.
/// </remarks>
internal sealed class AcceptanceEstimate
{
    // What is believed before anything is seen counts like so many tokens; later the last dozens count.
    private const int PriorWeight = 4;
    private const double LeastWeight = 1 / 32.0;

    private static readonly double[] Priors = [0.25, 0.4, 0.55, 0.7, 0.8, 0.9];

    private readonly double[] chances = [.. Priors];
    private readonly int[] seen = new int[Priors.Length];

    /// <summary>The chance that the token behind a match of this length is the next one.</summary>
    public double Chance(int matchLength) => chances[ClassOf(matchLength)];

    public void Report(int matchLength, bool came)
    {
        var at = ClassOf(matchLength);
        var weight = Math.Max(1.0 / (++seen[at] + PriorWeight), LeastWeight);
        chances[at] += ((came ? 1 : 0) - chances[at]) * weight;
    }

    private static int ClassOf(int matchLength) => matchLength switch
    {
        <= 2 => 0,
        3 => 1,
        <= 5 => 2,
        <= 8 => 3,
        <= 16 => 4,
        _ => 5,
    };
}
