using System.Runtime.InteropServices;
using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Engine.Drafting;

/// <summary>
/// Decides how many foretold tokens each decoding sequence computes beside its next one: as many as make everybody faster by what
/// passes cost and what guesses have been worth, or none.
/// </summary>
/// <remarks>
/// What is made large is the product of the sequences' expected speeds, so that one sequence's gain is weighed against what all others
/// lose by a longer pass, and nobody may become slower than <see cref="LeastSpeed"/> of what it would be. Depends on the sequences'
/// tokens, on what a pass costs, and on the room, but not on the clock: a sequence alone is computed in the same way every time.
/// </remarks>
/// <param name="mostTokens">Most foretold tokens of one sequence, 1 to <see cref="SchedulerOptions.MostDraftTokens"/>.</param>
/// <param name="costs">Of passes.</param>
/// <param name="sequenceTokens">Most tokens of one sequence.</param>
/// <param name="separate">Whether only equally many rows of neighbouring sequences are computed together.</param>
internal sealed class DraftPlanner(int mostTokens, PassCosts costs, int sequenceTokens, bool separate)
{
    private const double Gain = 1.1;
    private const double LeastSpeed = 0.8;

    private readonly int[] chosen = new int[costs.MostRows];
    private readonly double[] expected = new double[costs.MostRows];
    private readonly double[] marginal = new double[costs.MostRows];
    private readonly int[] slots = new int[costs.MostRows];
    private int cells;

    /// <summary>Sets <see cref="Sequence.Drafted"/> of each sequence.</summary>
    /// <param name="decoding">All sequences that decode.</param>
    /// <param name="width">How many of them would be computed in a pass without foretold tokens.</param>
    /// <param name="room">Cells, outputs and batch entries that nobody else asks for, beyond one for each sequence.</param>
    /// <param name="cells">That each row of the pass looks through.</param>
    /// <returns>Whether there are any; then all sequences take part in the pass.</returns>
    public bool Plan(List<Sequence> decoding, int width, int room, int cells)
    {
        var most = Math.Min(room, costs.MostRows - decoding.Count);
        if (most <= 0) return false;
        this.cells = cells;
        var foretold = false;
        foreach (var sequence in decoding) foretold |= Foretell(sequence);
        if (!foretold) return false;
        return separate && decoding.Count > 1 ? PlanEvenly(decoding, width, most) : PlanFreely(decoding, width, most);
    }

    /// <returns>Whether anything is foretold for this sequence.</returns>
    private bool Foretell(Sequence sequence)
    {
        var tokens = CollectionsMarshal.AsSpan(sequence.Tokens);
        sequence.Lookup ??= new PromptLookup(sequence.PromptTokens, sequence.MaxTokens);
        sequence.Lookup.Follow(tokens);
        sequence.Drafted = 0;
        var useful = Math.Min(sequence.MaxTokens - sequence.Generated - 1, sequenceTokens - tokens.Length);
        sequence.Foretold = useful <= 0 ? 0 : sequence.Lookup.Propose(tokens, sequence.RoomForDraft(mostTokens)[..Math.Min(mostTokens, useful)]);
        return sequence.Foretold > 0;
    }

    /// <summary>Each sequence as many as it is worth: rows go one by one to whom they help most, and the best number of rows is kept.</summary>
    private bool PlanFreely(List<Sequence> decoding, int width, int most)
    {
        var count = decoding.Count;
        for (var at = 0; at < count; at++)
        {
            expected[at] = 1;
            marginal[at] = decoding[at].Foretold > 0 ? decoding[at].Lookup!.Chance(0) : 0;
        }

        var usual = width / (count * costs.Of(width, cells));
        var bare = costs.Of(count, cells);
        var best = (Rows: 0, Score: count * Math.Log(usual * Gain));
        var gains = 0.0;
        for (var rows = 1; rows <= most; rows++)
        {
            var at = MostHelped(count);
            if (marginal[at] <= 0) break;
            gains += Math.Log(1 + (marginal[at] / expected[at]));
            expected[at] += marginal[at];
            chosen[rows - 1] = at;
            var sequence = decoding[at];
            sequence.Drafted++;
            marginal[at] = sequence.Drafted < sequence.Foretold ? marginal[at] * sequence.Lookup!.Chance(sequence.Drafted) : 0;
            // Rows must pay by what they foretell: that a wider pass seems to cost less than a narrower one is mostly chance.
            var cost = Math.Max(bare, costs.Of(count + rows, cells));
            var score = gains - (count * Math.Log(cost));
            if (score > best.Score && Slowest(count) / cost >= LeastSpeed * usual) best = (rows, score);
        }

        foreach (var sequence in decoding) sequence.Drafted = 0;
        for (var row = 0; row < best.Rows; row++) decoding[chosen[row]].Drafted++;
        return best.Rows > 0;
    }

    /// <summary>The same number for each, since rows that only some have would be a pass of their own; who has no guess gets poor ones.</summary>
    private bool PlanEvenly(List<Sequence> decoding, int width, int most)
    {
        var count = decoding.Count;
        var longest = Math.Min(mostTokens, most / count);
        for (var at = 0; at < count; at++)
        {
            longest = Math.Min(longest, sequenceTokens - decoding[at].Tokens.Count);
            expected[at] = marginal[at] = 1;
            slots[at] = decoding[at].Slot;
        }

        slots.AsSpan(0, count).Sort();
        var bare = CostOfNeighbours(count, 1);
        var usual = width / (count * costs.Of(width, cells));
        var best = (Each: 0, Score: count * Math.Log(usual * Gain));
        for (var each = 1; each <= longest; each++)
        {
            var gains = 0.0;
            for (var at = 0; at < count; at++)
            {
                marginal[at] = each <= decoding[at].Foretold ? marginal[at] * decoding[at].Lookup!.Chance(each - 1) : 0;
                expected[at] += marginal[at];
                gains += Math.Log(expected[at]);
            }

            var cost = Math.Max(bare, CostOfNeighbours(count, 1 + each));
            var score = gains - (count * Math.Log(cost));
            if (score > best.Score && Slowest(count) / cost >= LeastSpeed * usual) best = (each, score);
        }

        foreach (var sequence in decoding)
        {
            sequence.Drafted = best.Each;
            sequence.RoomForDraft(mostTokens)[Math.Min(sequence.Foretold, best.Each)..best.Each].Fill(sequence.Tokens[^1]);
        }

        return best.Each > 0;
    }

    private double CostOfNeighbours(int count, int each)
    {
        var cost = 0.0;
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && slots[end] == slots[end - 1] + 1) end++;
            cost += costs.Of((end - start) * each, cells);
            start = end;
        }

        return cost;
    }

    private int MostHelped(int count)
    {
        var best = 0;
        for (var at = 1; at < count; at++)
        {
            if (marginal[at] * expected[best] > marginal[best] * expected[at]) best = at;
        }

        return best;
    }

    /// <summary>The least number of tokens that anybody can expect.</summary>
    private double Slowest(int count)
    {
        var least = expected[0];
        for (var at = 1; at < count; at++) least = Math.Min(least, expected[at]);
        return least;
    }
}
