namespace PolarGrid.Engine.Drafting;

/// <summary>
/// How long forward passes over few rows take, measured once and then fixed, so that what is decided by them does not depend on the
/// moment. Immutable.
/// </summary>
public sealed class PassCosts
{
    private readonly double[] costs;
    private readonly double perRowAndCell;

    /// <param name="measured">
    /// Rows and duration of passes, in any unit: at least those of one row, ascending by rows, each above 0. What lies between is
    /// interpolated. More rows may be quicker: some processors are at their best with whole blocks of rows.
    /// </param>
    /// <param name="perRowAndCell">What attention adds for each row and each cell of the cache, in the same unit; 0 or more.</param>
    public PassCosts(IReadOnlyList<(int Rows, double Duration)> measured, double perRowAndCell = 0)
    {
        if (!(perRowAndCell >= 0) || !double.IsFinite(perRowAndCell))
        {
            throw new ArgumentOutOfRangeException(nameof(perRowAndCell), perRowAndCell, "Attention takes time or none.");
        }

        this.perRowAndCell = perRowAndCell;
        ArgumentNullException.ThrowIfNull(measured);
        if (measured.Count == 0 || measured[0].Rows != 1) throw new ArgumentException("The cost of a pass over one row is needed.", nameof(measured));
        costs = new double[measured[^1].Rows];
        costs[0] = Positive(measured[0].Duration);
        for (var at = 1; at < measured.Count; at++)
        {
            var (before, rows) = (measured[at - 1].Rows, measured[at].Rows);
            if (rows <= before) throw new ArgumentException($"{rows} rows after {before}: rows must ascend.", nameof(measured));
            var from = costs[before - 1];
            var to = Positive(measured[at].Duration);
            for (var row = before + 1; row <= rows; row++) costs[row - 1] = from + ((to - from) * (row - before) / (rows - before));
        }
    }

    /// <summary>Nothing is known of wider passes.</summary>
    public int MostRows => costs.Length;

    /// <param name="rows">1 to <see cref="MostRows"/>.</param>
    /// <param name="cells">That each row looks through.</param>
    public double Of(int rows, int cells) => costs[rows - 1] + (perRowAndCell * rows * cells);

    private static double Positive(double duration) =>
        duration > 0 && double.IsFinite(duration) ? duration : throw new ArgumentOutOfRangeException(nameof(duration), duration, "A pass takes time.");
}
