namespace PolarGrid.Engine.Scheduling;

/// <summary>Divides a step's room for prompts among those that are being computed: short ones first, but the oldest always gets a quarter.</summary>
internal static class PromptShares
{
    private const int OldestPart = 4;

    /// <summary>Sets <see cref="Sequence.Share"/> of each.</summary>
    /// <param name="prompts">At least one; put in the order in which they are served.</param>
    /// <param name="budget">Tokens that they may have together.</param>
    /// <param name="spareOutputs">For tokens of prompts that are scored, beyond one for each sequence.</param>
    public static void Set(List<Sequence> prompts, int budget, int spareOutputs)
    {
        prompts.Sort(static (one, other) =>
            one.Pending != other.Pending ? one.Pending.CompareTo(other.Pending) : one.Arrival.CompareTo(other.Arrival));
        var oldest = Oldest(prompts);
        var forOldest = Math.Min(oldest.Pending, Math.Max(1, budget / OldestPart));
        var rest = Math.Max(0, budget - forOldest);
        foreach (var sequence in prompts)
        {
            var reserved = sequence == oldest ? Math.Min(forOldest, budget) : 0;
            var share = reserved + Math.Min(sequence.Pending - reserved, rest);
            sequence.Share = LimitOutputs(sequence, share, ref spareOutputs);
            rest -= Math.Max(0, sequence.Share - reserved);
        }
    }

    private static Sequence Oldest(List<Sequence> prompts)
    {
        var oldest = prompts[0];
        foreach (var sequence in prompts)
        {
            if (sequence.Arrival < oldest.Arrival) oldest = sequence;
        }

        return oldest;
    }

    /// <summary>Shortens a share until the scored positions in it need no more outputs than there are.</summary>
    private static int LimitOutputs(Sequence sequence, int share, ref int spare)
    {
        var scored = sequence.Computed + share - Math.Max(sequence.Computed, sequence.FirstScored);
        if (sequence.FirstScored >= sequence.PromptTokens || scored <= 1) return share;
        var allowed = Math.Min(scored, spare + 1);
        spare -= allowed - 1;
        return share - (scored - allowed);
    }
}
