namespace PolarGrid.Engine.Scheduling;

/// <summary>
/// Lets waiting sequences start: where there are seats and room, and where no other sequence is computing a beginning that they can share.
/// </summary>
/// <param name="slots">Where they are seated.</param>
/// <param name="options">Of the scheduler.</param>
/// <param name="leastTokensWorthAWait">So many more tokens must a prefix in the making promise than the cache has.</param>
internal sealed class Admission(SlotTable slots, SchedulerOptions options, int leastTokensWorthAWait)
{
    // A running answer may grow by this many tokens before new prompts are let in on its room.
    private const int GrowthTokens = 32;

    /// <summary>Moves whoever may start now from the queue to those that run, seated and with its cached prefix.</summary>
    /// <param name="waiting">First come, first served.</param>
    /// <param name="running">Gets those that start.</param>
    public void Admit(List<Sequence> waiting, List<Sequence> running)
    {
        for (var at = 0; at < waiting.Count;)
        {
            var sequence = waiting[at];
            if (IsAwaitingPrefix(sequence, running))
            {
                at++;
                continue;
            }

            if (SeatsTaken(running) + 1 + sequence.Group.Unforked.Count > options.MaxRunning) return;
            var match = slots.FindPrefix(sequence);
            if (match.Leader is { } leader && match.Promised - match.Usable >= leastTokensWorthAWait)
            {
                sequence.AwaitedPrefix = (leader.Slot, leader.Arrival, match.Promised);
                at++;
                continue;
            }

            if (!Fits(sequence, match, running)) return;
            waiting.RemoveAt(at);
            Start(sequence, match);
            running.Add(sequence);
        }
    }

    private static bool IsAwaitingPrefix(Sequence sequence, List<Sequence> running)
    {
        if (sequence.AwaitedPrefix is not { } awaited) return false;
        var leader = running.Find(other => other.Slot == awaited.Slot && other.Arrival == awaited.Arrival);
        if (leader is { State: SequenceState.Prefill } && leader.Computed < awaited.Tokens) return true;
        sequence.AwaitedPrefix = null;
        return false;
    }

    private bool Fits(Sequence sequence, PrefixMatch match, List<Sequence> running)
    {
        // Alone it always fits: no sequence is longer than the context, and the context is not larger than the cache.
        var needed = sequence.Tokens.Count - match.Usable;
        foreach (var other in running) needed += other.Pending + Math.Min(GrowthTokens, other.MaxTokens - other.Generated);
        return slots.CanFree(needed, match) || running.Count == 0;
    }

    private static int SeatsTaken(List<Sequence> running)
    {
        var taken = 0;
        foreach (var sequence in running) taken += 1 + (sequence.Choice == 0 ? sequence.Group.Unforked.Count : 0);
        return taken;
    }

    private void Start(Sequence sequence, PrefixMatch match)
    {
        slots.Seat(sequence, match);
        sequence.State = SequenceState.Prefill;
        if (!sequence.Group.Started && sequence.Choice == 0) sequence.Group.CachedTokens = sequence.Computed;
    }
}
