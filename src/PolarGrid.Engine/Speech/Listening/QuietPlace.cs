namespace PolarGrid.Engine.Speech.Listening;

/// <summary>The quietest of the frames that it was shown, judged with their neighbours so that one closed lip is no pause.</summary>
internal sealed class QuietPlace
{
    private float before, beforeThat;
    private int seen;
    private float least = float.PositiveInfinity;

    /// <summary>The first sample of the quietest frame; null while none was shown.</summary>
    public long? Position { get; private set; }

    public void Add(long at, float level)
    {
        var mean = seen switch { 0 => level, 1 => (level + before) / 2, _ => (level + before + beforeThat) / 3 };
        (beforeThat, before) = (before, level);
        seen++;

        // Of equal places the later: nothing is cut sooner than it must be.
        if (Position is not null && !(mean <= least)) return;
        least = mean;
        Position = at;
    }

    public void Forget()
    {
        seen = 0;
        least = float.PositiveInfinity;
        Position = null;
    }
}
