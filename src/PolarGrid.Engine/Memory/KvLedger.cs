namespace PolarGrid.Engine.Memory;

/// <summary>
/// Counts the KV cells that slots occupy, shared ones once. The native cache does not tell; this ledger mirrors it because every copy,
/// append and removal goes through the scheduler: exactly where sequences share one buffer, as a lower bound where a shared prefix is
/// a copy (docs/adr/0001).
/// </summary>
/// <remarks>
/// Cells form a tree of spans: a slot points at the span where its sequence ends, a span at the one before it. Sharing a prefix
/// splits a span at the border; a span is free when neither a slot nor a later span holds it.
/// </remarks>
internal sealed class KvLedger(int slots, int capacity)
{
    private readonly Span?[] tails = new Span?[slots];
    private readonly int[] lengths = new int[slots];
    private int visit;

    public int Capacity => capacity;

    public int Used { get; private set; }

    public int Free => capacity - Used;

    /// <summary>Tokens of the slot's sequence.</summary>
    public int Length(int slot) => lengths[slot];

    public void Append(int slot, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens, Free);
        var tail = tails[slot];
        if (tail is null || tail.Holders > 1)
        {
            // The slot's hold on a shared tail passes to the new span, so the tail's count stays.
            tails[slot] = new Span { Before = tail, Cells = tokens, Holders = 1 };
        }
        else
        {
            tail.Cells += tokens;
        }

        lengths[slot] += tokens;
        Used += tokens;
    }

    /// <summary>Lets an empty slot hold the first <paramref name="tokens"/> cells of another one.</summary>
    public void Share(int source, int target, int tokens)
    {
        if (tails[target] is not null) throw new InvalidOperationException($"Slot {target} is not empty.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens, lengths[source]);
        var end = SpanEndingAt(source, tokens);
        end.Holders++;
        tails[target] = end;
        lengths[target] = tokens;
    }

    /// <summary>Drops the cells after the first <paramref name="keep"/>.</summary>
    public void Truncate(int slot, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keep, lengths[slot]);
        if (keep == lengths[slot]) return;
        if (keep == 0)
        {
            Release(slot);
            return;
        }

        var beyond = lengths[slot] - keep;
        var tail = tails[slot]!;
        if (tail.Holders == 1 && tail.Cells > beyond)
        {
            tail.Cells -= beyond;
            lengths[slot] = keep;
            Used -= beyond;
            return;
        }

        var end = SpanEndingAt(slot, keep);
        end.Holders++;
        Release(slot);
        tails[slot] = end;
        lengths[slot] = keep;
    }

    public void Release(int slot)
    {
        var span = tails[slot];
        tails[slot] = null;
        lengths[slot] = 0;
        while (span is not null && --span.Holders == 0)
        {
            Used -= span.Cells;
            span = span.Before;
        }
    }

    /// <summary>Cells that at least one of these slots holds.</summary>
    public int CellsHeldBy(SlotSet held)
    {
        visit++;
        var cells = 0;
        foreach (var slot in held)
        {
            for (var span = tails[slot]; span is not null && span.Visit != visit; span = span.Before)
            {
                span.Visit = visit;
                cells += span.Cells;
            }
        }

        return cells;
    }

    private Span SpanEndingAt(int slot, int tokens)
    {
        var beyond = lengths[slot] - tokens;
        var span = tails[slot]!;
        while (span.Cells <= beyond)
        {
            beyond -= span.Cells;
            span = span.Before!;
        }

        if (beyond == 0) return span;
        var front = new Span { Before = span.Before, Cells = span.Cells - beyond, Holders = 1 };
        span.Before = front;
        span.Cells = beyond;
        return front;
    }

    private sealed class Span
    {
        public Span? Before;
        public int Cells;
        public int Holders;
        public int Visit;
    }
}
