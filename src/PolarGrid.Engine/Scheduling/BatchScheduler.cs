using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Scheduling;

/// <summary>
/// Decides what each step computes: one token of every decoding sequence, then chunks of prompts within the token budget.
/// </summary>
/// <remarks>
/// A plain class: no lock, clock, native call or await. The loop that owns it calls <see cref="Plan"/>, runs the pass, then tells what
/// came out: <see cref="Advance"/>, <see cref="Fork"/>, <see cref="Finish"/>.
/// <para>Fairness. The queue is first come, first served; only prompts that wait for a prefix in the making are passed over, and the
/// sequence that makes it is running. Under memory pressure the youngest sequence gives way and keeps its place in the queue, so the
/// oldest always moves on. Among prompts being computed, short ones go first, but the oldest gets a quarter of every step.</para>
/// </remarks>
internal sealed class BatchScheduler
{
    private readonly SlotTable slots;
    private readonly Admission admission;
    private readonly List<Sequence> waiting = [];
    private readonly List<Sequence> running = [];
    private readonly List<Sequence> decoding = [];
    private readonly List<Sequence> prefilling = [];
    private readonly RunnerCapacity capacity;
    private readonly SchedulerOptions options;
    private readonly DraftPlanner? drafts;
    private long arrivals;
    private long steps;

    public BatchScheduler(RunnerCapacity capacity, SchedulerOptions options)
    {
        this.capacity = capacity;
        this.options = options;
        slots = new SlotTable(capacity, options);
        admission = new Admission(slots, options, Math.Max(options.ShareWaitTokens, capacity.LeastSharedTokens));
        if (options.DraftTokens > 0 && capacity.PassCosts is { } costs)
        {
            drafts = new DraftPlanner(options.DraftTokens, costs, capacity.SequenceTokens, capacity.IsSeparate);
        }
    }

    public int RunningCount => running.Count;

    public int WaitingCount => waiting.Count;

    public int WarmCount => slots.WarmCount;

    public int UsedCells => slots.UsedCells;

    public bool HasWork => running.Count > 0 || waiting.Count > 0;

    /// <summary>Sequences that produce tokens now.</summary>
    public int DecodingCount
    {
        get
        {
            var count = 0;
            foreach (var sequence in running)
            {
                if (sequence.State == SequenceState.Decode) count++;
            }

            return count;
        }
    }

    /// <summary>Puts a request's first choice in the queue; the others follow once its prompt is computed.</summary>
    public void Enqueue(SequenceGroup group)
    {
        foreach (var choice in group.Choices) choice.Arrival = arrivals++;
        group.Unforked.AddRange(group.Choices.Skip(1));
        waiting.Add(group.Choices[0]);
    }

    /// <summary>Plans one step.</summary>
    /// <param name="plan">Cleared and filled. Empty when nothing can run: then nothing is running or waiting either.</param>
    /// <param name="decodeWidth">
    /// Most sequences that decode in this step, at least 1; when there are more, they take turns. Beside prompts all of them take part.
    /// </param>
    public void Plan(BatchPlan plan, int decodeWidth = int.MaxValue)
    {
        plan.Clear();
        MakeRoomForDecoding();
        admission.Admit(waiting, running);
        AddDecoding(plan, decodeWidth);
        AddPrompts(plan);
        slots.TakeActions(plan.Actions);
    }

    /// <summary>Records that a plan's tokens are computed.</summary>
    public static void Advance(BatchPlan plan)
    {
        foreach (var (sequence, tokens) in plan.Parts)
        {
            sequence.Computed += tokens;
            if (sequence.Pending == 0) sequence.State = SequenceState.Decode;
        }
    }

    /// <summary>
    /// Seats the choices that waited for this one's prompt. Those returned draw their first token from the same logits; any for which
    /// there is no slot now goes to the queue and will find the prompt cached.
    /// </summary>
    public void Fork(Sequence first, List<Sequence> forked)
    {
        forked.Clear();
        foreach (var sibling in first.Group.Unforked)
        {
            if (slots.TryFork(first, sibling))
            {
                sibling.State = SequenceState.Decode;
                running.Add(sibling);
                forked.Add(sibling);
            }
            else
            {
                Requeue(sibling);
            }
        }

        first.Group.Unforked.Clear();
    }

    /// <summary>Records that one more of a sequence's foretold tokens came: its cell counts.</summary>
    public static void Accept(Sequence sequence) => sequence.Computed++;

    /// <summary>Drops the cells of foretold tokens that did not come.</summary>
    public void DropRejected(Sequence sequence)
    {
        if (sequence.Slot >= 0) slots.DropRejected(sequence);
    }

    /// <summary>Ends a sequence in whatever state; what it computed stays warm.</summary>
    public void Finish(Sequence sequence)
    {
        if (sequence.State == SequenceState.Finished) return;
        Leave(sequence);
        if (sequence.Slot >= 0) slots.Retire(sequence);
        sequence.State = SequenceState.Finished;
    }

    /// <summary>Ends a sequence whose cells cannot be trusted.</summary>
    public void Discard(Sequence sequence)
    {
        if (sequence.State == SequenceState.Finished) return;
        Leave(sequence);
        if (sequence.Slot >= 0) slots.Drop(sequence);
        sequence.State = SequenceState.Finished;
    }

    /// <summary>Takes back a plan that could not be run for want of room: its sequences start over, and nothing is kept warm.</summary>
    public void Retreat(BatchPlan plan)
    {
        foreach (var (sequence, _) in plan.Parts) Preempt(sequence);
        slots.EvictAll();
    }

    /// <summary>Every sequence that has not ended.</summary>
    public void CopyLive(List<Sequence> into)
    {
        into.Clear();
        into.AddRange(running);
        into.AddRange(waiting);
        for (var at = into.Count - 1; at >= 0; at--) into.AddRange(into[at].Group.Unforked);
    }

    private void MakeRoomForDecoding()
    {
        while (true)
        {
            var cells = DecodingCount;
            if (slots.FreeCells >= cells || slots.MakeRoom(cells)) return;
            Preempt(Youngest());
        }
    }

    private void AddDecoding(BatchPlan plan, int width)
    {
        decoding.Clear();
        var prompts = false;
        foreach (var sequence in running)
        {
            if (sequence.State == SequenceState.Decode) decoding.Add(sequence);
            else prompts = true;
        }

        var drafted = !prompts && decoding.Count > 0 && drafts is not null
            && drafts.Plan(decoding, Math.Min(width, decoding.Count), RoomForDrafts(), CellsLookedThrough());
        if (!prompts && !drafted && width < decoding.Count)
        {
            decoding.Sort(static (one, other) =>
                one.DecodedAt != other.DecodedAt ? one.DecodedAt.CompareTo(other.DecodedAt) : one.Arrival.CompareTo(other.Arrival));
            decoding.RemoveRange(width, decoding.Count - width);
        }

        steps++;
        foreach (var sequence in decoding)
        {
            sequence.DecodedAt = steps;
            AddPart(plan, sequence, 1);
            if (!drafted || sequence.Drafted == 0) continue;
            slots.Append(sequence, sequence.Drafted);
            plan.AddDraft(sequence);
        }

        plan.DecodeTokens = decoding.Count;
    }

    /// <summary>Room that nobody asks for in a step without prompts. Nothing is evicted for guesses.</summary>
    private int RoomForDrafts() =>
        Math.Min(slots.FreeCells, Math.Min(capacity.BatchTokens, capacity.Outputs)) - decoding.Count;

    /// <summary>Where cells are shared, a row looks through those of all sequences, warm ones too; else through its own.</summary>
    private int CellsLookedThrough()
    {
        if (!capacity.IsSeparate) return slots.UsedCells;
        var longest = 0;
        foreach (var sequence in decoding) longest = Math.Max(longest, sequence.Tokens.Count);
        return longest;
    }

    private void AddPrompts(BatchPlan plan)
    {
        prefilling.Clear();
        foreach (var sequence in running)
        {
            if (sequence.State == SequenceState.Prefill) prefilling.Add(sequence);
        }

        if (prefilling.Count == 0) return;
        var budget = capacity.BatchTokens - plan.DecodeTokens;
        if (plan.DecodeTokens > 0)
        {
            // The answers' part of a pass takes about as long for few of them as for many, and every pass that keeps prompts waiting keeps
            // it emptier than it could be. So the more prompts wait beside the fewer answers, the more of them come in at once.
            var rows = (long)plan.DecodeTokens + prefilling.Count - 1;
            budget = (int)Math.Min(budget, options.MixedPrefillTokens * rows / plan.DecodeTokens);
        }

        var wanted = 0;
        foreach (var sequence in prefilling) wanted += sequence.Pending;
        slots.MakeRoom(Math.Min(budget, wanted));
        budget = Math.Min(budget, slots.FreeCells);

        // Every running sequence may need one output; what is left is for prompts whose tokens are scored.
        PromptShares.Set(prefilling, budget, Math.Max(0, capacity.Outputs - running.Count));
        foreach (var sequence in prefilling)
        {
            if (sequence.Share > 0) AddPart(plan, sequence, sequence.Share);
        }

        if (!plan.IsEmpty) return;

        // The cache is full of prompts in the making: the youngest gives its room to the oldest.
        Preempt(Youngest());
        AddPrompts(plan);
    }

    private void AddPart(BatchPlan plan, Sequence sequence, int tokens)
    {
        slots.Append(sequence, tokens);
        plan.Add(sequence, tokens);
    }

    private Sequence Youngest()
    {
        var youngest = running[0];
        foreach (var sequence in running)
        {
            if (sequence.Arrival > youngest.Arrival) youngest = sequence;
        }

        return youngest;
    }

    private void Preempt(Sequence sequence)
    {
        running.Remove(sequence);
        slots.Drop(sequence);
        sequence.Computed = 0;
        Requeue(sequence);
    }

    private void Requeue(Sequence sequence)
    {
        sequence.State = SequenceState.Waiting;
        var at = waiting.FindIndex(other => other.Arrival > sequence.Arrival);
        waiting.Insert(at < 0 ? waiting.Count : at, sequence);
    }

    private void Leave(Sequence sequence)
    {
        if (sequence.State == SequenceState.Waiting)
        {
            waiting.Remove(sequence);
            sequence.Group.Unforked.Remove(sequence);
        }
        else
        {
            running.Remove(sequence);
        }
    }
}
