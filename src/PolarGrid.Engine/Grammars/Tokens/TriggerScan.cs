namespace PolarGrid.Engine.Grammars.Tokens;

/// <summary>Looks for the first trigger in a growing text, keeping no more of it than a trigger could begin in.</summary>
internal sealed class TriggerScan
{
    private readonly byte[][] triggers;
    private readonly int mostKept;
    private readonly byte[] window;
    private int kept;

    /// <param name="triggers">None empty.</param>
    /// <param name="longestPiece">Bytes of the longest text that is added at once.</param>
    public TriggerScan(byte[][] triggers, int longestPiece)
    {
        this.triggers = triggers;
        mostKept = triggers.Max(trigger => trigger.Length) - 1;
        window = new byte[mostKept + longestPiece];
    }

    /// <summary>Where the first trigger would end in a piece that came next: the number of its bytes up to there, or -1.</summary>
    public int Find(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(window.AsSpan(kept));
        var text = window.AsSpan(0, kept + piece.Length);
        var first = -1;
        foreach (var trigger in triggers)
        {
            var at = text.IndexOf(trigger);
            if (at < 0) continue;
            var end = at + trigger.Length - kept;

            // Of two that end at the same place either gives the same rest.
            if (first < 0 || end < first) first = end;
        }

        return first;
    }

    /// <summary>Takes a piece in that held no end of a trigger.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(window.AsSpan(kept));
        var length = kept + piece.Length;
        var keep = Math.Min(length, mostKept);
        window.AsSpan(length - keep, keep).CopyTo(window);
        kept = keep;
    }
}
