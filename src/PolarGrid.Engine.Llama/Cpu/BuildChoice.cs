using PolarGrid.Engine.Drafting;

namespace PolarGrid.Engine.Llama.Cpu;

/// <summary>Which of two builds computes a pass, by its rows: measured once and then fixed. Immutable.</summary>
internal sealed class BuildChoice
{
    // The other build must be worth it by this much, since what passes take is never quite the same.
    private const double Gain = 0.95;

    private readonly bool[] usesOther;
    private readonly List<(int Rows, double Duration)> costs = [];

    /// <param name="chosen">What passes take with the build that the library chose.</param>
    /// <param name="other">What they take with the other one; what lies beyond both is left to the chosen one.</param>
    public BuildChoice(PassCosts chosen, PassCosts other)
    {
        usesOther = new bool[Math.Min(chosen.MostRows, other.MostRows)];
        for (var rows = 1; rows <= chosen.MostRows; rows++)
        {
            var cost = chosen.Of(rows, 0);
            if (rows <= usesOther.Length && other.Of(rows, 0) < cost * Gain)
            {
                usesOther[rows - 1] = true;
                cost = other.Of(rows, 0);
            }

            costs.Add((rows, cost));
        }
    }

    /// <summary>What passes take so, ascending by rows, in the unit of what was measured.</summary>
    public IReadOnlyList<(int Rows, double Duration)> Costs => costs;

    /// <param name="rows">At least 1.</param>
    public bool UsesOther(int rows) => rows <= usesOther.Length && usesOther[rows - 1];
}
