using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Engine.Running;

/// <summary>Counts requests that have not been seated yet, against the limit of the queue. Safe from any thread.</summary>
internal sealed class WaitingRoom
{
    private int unseated;

    /// <param name="most">Requests that may be in it, this one included.</param>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref unseated) <= most) return true;
        Interlocked.Decrement(ref unseated);
        return false;
    }

    /// <summary>Counts a request out, the first time that it is called for it. Loop thread only.</summary>
    /// <returns>Whether it was in.</returns>
    public bool Leave(SequenceGroup group)
    {
        if (group.Seated) return false;
        group.Seated = true;
        Interlocked.Decrement(ref unseated);
        return true;
    }
}
