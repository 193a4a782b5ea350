using System.Runtime.InteropServices;
using PolarGrid.Engine.Memory;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Scheduling;

/// <summary>
/// Who holds which slot: nobody, a running sequence, or a warm one that is kept for reuse. Keeps ledger, prefix index and the native
/// cache in step: every change is also an action for the next plan.
/// </summary>
internal sealed class SlotTable
{
    private readonly RunnerCapacity capacity;
    private readonly SchedulerOptions options;
    private readonly KvLedger ledger;
    private readonly PrefixIndex index;
    private readonly Sequence?[] running;
    private readonly SortedSet<int> free = [];
    private readonly LinkedList<int> warm = []; // least recently used first
    private readonly LinkedListNode<int>?[] warmNodes;
    private readonly List<(int Depth, SlotSet Slots)> steps = [];
    private readonly List<CacheAction> actions = [];
    private SlotSet runningSlots;

    public SlotTable(RunnerCapacity capacity, SchedulerOptions options)
    {
        this.capacity = capacity;
        this.options = options;
        ledger = new KvLedger(capacity.Sequences, capacity.KvTokens);
        index = new PrefixIndex(capacity.Sequences);
        running = new Sequence?[capacity.Sequences];
        warmNodes = new LinkedListNode<int>?[capacity.Sequences];
        free.UnionWith(Enumerable.Range(0, capacity.Sequences));
    }

    public int WarmCount => warm.Count;

    public int FreeCells => ledger.Free;

    public int UsedCells => ledger.Used;

    /// <summary>Moves the changes since the last call to the front of a plan.</summary>
    public void TakeActions(List<CacheAction> into)
    {
        into.AddRange(actions);
        actions.Clear();
    }

    /// <summary>Finds the slot that shares the most with a prompt.</summary>
    public PrefixMatch FindPrefix(Sequence sequence)
    {
        // The last token is always computed: its logits are what the first new token is drawn from.
        var most = Math.Min(sequence.Tokens.Count - 1, sequence.FirstScored);
        var tokens = CollectionsMarshal.AsSpan(sequence.Tokens)[..most];
        index.Match(Scope(sequence), tokens, steps);
        var best = PrefixMatch.None;
        foreach (var (depth, slots) in steps)
        {
            foreach (var slot in slots)
            {
                // A running sequence's ledger already counts the tokens of the step that is being planned; they are not computed yet.
                var length = running[slot]?.Computed ?? ledger.Length(slot);
                var usable = Math.Min(depth, length);
                if (!capacity.SharesPartialPrefixes && (running[slot] is not null || usable < length)) usable = 0;
                if (usable > best.Usable) best = best with { Slot = slot, Usable = usable };
                if (running[slot] is { State: SequenceState.Prefill } leader && depth > best.Promised && capacity.SharesPartialPrefixes)
                {
                    best = best with { Leader = leader, Promised = depth };
                }
            }
        }

        return IsWorthSharing(best) ? best : best with { Slot = -1, Usable = 0 };
    }

    /// <summary>Whether this many cells beyond the match can be had, by evicting warm sequences if need be.</summary>
    public bool CanFree(int cells, PrefixMatch match)
    {
        if (ledger.Free >= cells) return true;
        var shared = match.Slot >= 0 && warmNodes[match.Slot] is not null ? match.Usable : 0;
        return ledger.Capacity - ledger.CellsHeldBy(runningSlots) >= cells + shared;
    }

    /// <summary>Gives a sequence a slot that already holds its matching prefix. There must be a free or a warm slot.</summary>
    public void Seat(Sequence sequence, PrefixMatch match)
    {
        var slot = SlotFor(match);
        sequence.Slot = slot;
        sequence.Computed = ledger.Length(slot);
        running[slot] = sequence;
        runningSlots.Add(slot);
        index.Insert(Scope(sequence), slot, [.. sequence.Tokens]);
    }

    /// <summary>Gives a choice a slot that shares all that its request's first choice has computed.</summary>
    public bool TryFork(Sequence leader, Sequence sibling)
    {
        if (!capacity.SharesPartialPrefixes && leader.Computed == 0) return false;
        if (free.Count == 0 && !EvictOne(leader.Slot)) return false;
        Seat(sibling, new PrefixMatch(leader.Slot, leader.Computed, null, 0));
        return true;
    }

    /// <summary>Makes room by evicting warm sequences, least recently used first.</summary>
    /// <returns>Whether there is room now.</returns>
    public bool MakeRoom(int cells)
    {
        while (ledger.Free < cells && EvictOne(-1))
        {
        }

        return ledger.Free >= cells;
    }

    /// <summary>Counts the cells that the next pass will fill.</summary>
    public void Append(Sequence sequence, int tokens) => ledger.Append(sequence.Slot, tokens);

    /// <summary>Drops the cells behind those that count as computed: foretold tokens that did not come.</summary>
    public void DropRejected(Sequence sequence)
    {
        if (ledger.Length(sequence.Slot) <= sequence.Computed) return;
        ledger.Truncate(sequence.Slot, sequence.Computed);
        actions.Add(new CacheAction(CacheActionKind.Truncate, sequence.Slot, Tokens: sequence.Computed));
    }

    /// <summary>Ends a sequence's hold on its slot but keeps the computed tokens for the next prompt that begins like it.</summary>
    public void Retire(Sequence sequence)
    {
        var slot = sequence.Slot;
        DropRejected(sequence);
        Unseat(sequence);
        if (sequence.Computed < options.LeastWarmTokens)
        {
            Clear(slot);
            return;
        }

        int[] tokens = [.. sequence.Tokens[..sequence.Computed]];
        if (DropCovered(Scope(sequence), tokens))
        {
            Clear(slot);
            return;
        }

        index.Insert(Scope(sequence), slot, tokens);
        warmNodes[slot] = warm.AddLast(slot);
    }

    /// <summary>Ends a sequence's hold on its slot and drops its cells.</summary>
    public void Drop(Sequence sequence)
    {
        var slot = sequence.Slot;
        Unseat(sequence);
        Clear(slot);
    }

    /// <summary>Drops everything that is kept warm.</summary>
    public void EvictAll()
    {
        while (EvictOne(-1))
        {
        }
    }

    private bool IsWorthSharing(PrefixMatch match) =>
        match.Usable >= capacity.LeastSharedTokens || (match.Slot >= 0 && CanTakeOver(match));

    /// <summary>
    /// Whether the slot itself goes on with the match: it is warm, and what it holds beyond is nothing, or so little that a copy would
    /// cost more, and less than what is gained.
    /// </summary>
    private bool CanTakeOver(PrefixMatch match)
    {
        if (warmNodes[match.Slot] is null) return false;
        var lost = ledger.Length(match.Slot) - match.Usable;
        return lost == 0 || (lost < capacity.LeastSharedTokens && lost <= match.Usable);
    }

    private string Scope(Sequence sequence) => options.ShareAcrossTenants ? "" : sequence.Group.Request.Tenant;

    private int SlotFor(PrefixMatch match)
    {
        if (match.Slot < 0) return TakeFreeSlot(-1);
        var source = match.Slot;
        var isWarm = warmNodes[source] is not null;
        if (isWarm) Touch(source);
        var target = CanTakeOver(match) ? -1 : TakeFreeSlot(source);
        if (target >= 0)
        {
            ledger.Share(source, target, match.Usable);
            actions.Add(new CacheAction(CacheActionKind.Copy, target, source, match.Usable));
            return target;
        }

        // A conversation goes on where it stopped, or no other slot is to be had: take the slot over.
        ForgetWarm(source);
        if (match.Usable < ledger.Length(source))
        {
            ledger.Truncate(source, match.Usable);
            actions.Add(new CacheAction(CacheActionKind.Truncate, source, Tokens: match.Usable));
        }

        return source;
    }

    private int TakeFreeSlot(int except)
    {
        if (free.Count == 0 && !EvictOne(except))
        {
            return except >= 0 && warmNodes[except] is not null ? -1 : throw new InvalidOperationException("No slot is free or warm.");
        }

        // Neighbours: where each sequence has cells of its own, the library computes runs of consecutive numbers together.
        var slot = free.Min;
        free.Remove(slot);
        return slot;
    }

    private bool EvictOne(int except)
    {
        var oldest = warm.First;
        if (oldest is not null && oldest.Value == except) oldest = oldest.Next;
        if (oldest is null) return false;
        var slot = oldest.Value;
        ForgetWarm(slot);
        Clear(slot);
        return true;
    }

    private void Unseat(Sequence sequence)
    {
        running[sequence.Slot] = null;
        runningSlots.Remove(sequence.Slot);
        index.Remove(sequence.Slot);
        sequence.Slot = -1;
    }

    private void ForgetWarm(int slot)
    {
        warm.Remove(warmNodes[slot]!);
        warmNodes[slot] = null;
        index.Remove(slot);
    }

    private void Clear(int slot)
    {
        ledger.Release(slot);
        actions.Add(new CacheAction(CacheActionKind.Clear, slot));
        free.Add(slot);
    }

    private void Touch(int slot)
    {
        var node = warmNodes[slot]!;
        warm.Remove(node);
        warm.AddLast(node);
    }

    /// <summary>
    /// Drops warm sequences that are a beginning of these tokens: they add nothing. True when the tokens themselves are a beginning
    /// of what another slot already holds.
    /// </summary>
    private bool DropCovered(string scope, int[] tokens)
    {
        if (!capacity.SharesPartialPrefixes) return false;
        index.Match(scope, tokens, steps);
        SlotSet covered = default;
        foreach (var (depth, slots) in steps)
        {
            foreach (var slot in slots)
            {
                if (depth == tokens.Length && ledger.Length(slot) >= tokens.Length) return true;
                if (warmNodes[slot] is not null && ledger.Length(slot) == depth) covered.Add(slot);
            }
        }

        foreach (var slot in covered)
        {
            ForgetWarm(slot);
            Clear(slot);
        }

        return false;
    }
}
