using PolarGrid.Engine.Grammars.Building;
using PolarGrid.Engine.Grammars.Matching;
using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Grammars;

/// <summary>
/// A compiled grammar and what has been learned by following it: which state each byte leads to, which tokens each state allows. What
/// is learned is shared by everyone who follows the grammar and forgotten when it grows past a bound.
/// </summary>
/// <remarks>Compiling is safe on any thread; following is for one thread at a time.</remarks>
internal sealed class Grammar
{
    /// <summary>Bytes of learned states and masks after which they are forgotten.</summary>
    internal const long LearnedBytes = 4L << 20;

    private readonly GrammarProgram program;
    private readonly StackTable table = new();
    private readonly Closure closure;
    private readonly List<GrammarStack> waiting = [];

    private Grammar(GrammarProgram program)
    {
        this.program = program;
        closure = new Closure(program, table);
        Start = Follow(program.Start);
    }

    /// <summary>Before any text.</summary>
    public GrammarState Start { get; }

    /// <summary>Work done so far, in visited nodes.</summary>
    public long Visits => closure.Visits;

    /// <summary>How often what was learned has been forgotten.</summary>
    public int Epoch => table.Epoch;

    /// <summary>Roughly, what this object takes at most, for whoever keeps many.</summary>
    public long ProgramBytes => (program.Nodes.Length * 28L) + (program.Arcs.Length * 8L) + (program.Targets.Length * 4L);

    public static GrammarResult<Grammar> Compile(string gbnf)
    {
        var syntax = GbnfParser.Parse(gbnf);
        if (!syntax.Succeeded) return new(syntax.Error);
        var program = GrammarBuilder.Build(syntax.Value);
        if (!program.Succeeded) return new(program.Error);
        var grammar = new Grammar(program.Value);
        return grammar.Start == GrammarState.TooComplex
            ? new(new GrammarError("The beginning of 'root' has more alternatives, or rules inside rules, than this server follows; give the grammar fewer."))
            : new(grammar);
    }

    /// <summary>The state after one more byte: <see cref="GrammarState.Dead"/> or <see cref="GrammarState.TooComplex"/> where it ends.</summary>
    public GrammarState Next(GrammarState state, byte value)
    {
        var index = program.ByteClasses[value];
        return state.Next?[index] ?? Learn(state, value, index);
    }

    /// <summary>
    /// The same state, as far as the next <paramref name="bytes"/> bytes can tell: repetitions that have more rounds left than that count
    /// as having just so many. So all places deep inside a long string allow the same tokens, and those are computed once.
    /// </summary>
    public GrammarState Capped(GrammarState state, int bytes)
    {
        if (state.Capped is { } known) return known;
        waiting.Clear();
        foreach (var stack in state.Stacks) waiting.Add(Capped(stack, bytes + 1)!);
        var capped = waiting.AsReadOnly().SequenceEqual(state.Stacks) ? state : table.State(waiting, state.Accepts);
        capped.Capped = capped;
        return state.Capped = capped;
    }

    /// <summary>Forgets what was learned if it has grown too large; to be called between tokens only.</summary>
    /// <returns>The same state, valid from now on.</returns>
    public GrammarState Settle(GrammarState state)
    {
        if (table.Bytes > LearnedBytes) table.Clear();
        if (state.Epoch == table.Epoch || state.Epoch < 0) return state;
        waiting.Clear();
        foreach (var stack in state.Stacks) waiting.Add(Imported(stack));
        return table.State(waiting, state.Accepts);
    }

    /// <summary>Counts memory that hangs on a state.</summary>
    public void CountBytes(long bytes) => table.CountBytes(bytes);

    private GrammarState Follow(int start)
    {
        waiting.Clear();
        closure.VisitsAllowed = closure.Visits + GrammarLimits.VisitsPerByte;
        return closure.Add(start, null, waiting) is { } ends ? ToState(ends) : GrammarState.TooComplex;
    }

    private GrammarState Learn(GrammarState state, byte value, int index)
    {
        if (state.Epoch < 0) return state;
        waiting.Clear();
        closure.VisitsAllowed = closure.Visits + GrammarLimits.VisitsPerByte;
        var accepts = false;
        var next = GrammarState.Dead;
        foreach (var stack in state.Stacks)
        {
            var target = program.TargetOf(program.Nodes[stack.Node], value);
            if (target < 0) continue;
            if (closure.Add(target, stack.Below, waiting) is not { } ends)
            {
                next = GrammarState.TooComplex;
                break;
            }

            accepts |= ends;
        }

        if (next == GrammarState.Dead && (waiting.Count > 0 || accepts)) next = ToState(accepts);
        if (state.Next is null)
        {
            state.Next = new GrammarState?[program.ClassCount];
            table.CountBytes(24 + (8L * program.ClassCount));
        }

        return state.Next[index] = next;
    }

    private GrammarState ToState(bool accepts)
    {
        var state = table.State(waiting, accepts);
        return state.Stacks.Length > GrammarLimits.Stacks ? GrammarState.TooComplex : state;
    }

    private GrammarStack? Capped(GrammarStack? stack, int rounds)
    {
        // From the bottom up without recursion: stacks may be thousands deep.
        var chain = new Stack<GrammarStack>();
        var at = stack;
        for (; at is { Capped: null }; at = at.Below) chain.Push(at);
        var capped = at?.Capped;
        while (chain.TryPop(out var entry))
        {
            capped = entry.Most == GrammarStack.NoCount
                ? table.Stack(entry.Node, capped)
                : table.Stack(entry.Node, capped, Math.Min(entry.Least, rounds), Math.Min(entry.Most, rounds));
            capped.Capped = capped;
            entry.Capped = capped;
        }

        return capped;
    }

    private GrammarStack Imported(GrammarStack stack)
    {
        var chain = new Stack<GrammarStack>();
        for (var at = stack; at is not null; at = at.Below) chain.Push(at);
        GrammarStack? below = null;
        while (chain.TryPop(out var entry)) below = table.Stack(entry.Node, below, entry.Least, entry.Most);
        return below!;
    }
}
