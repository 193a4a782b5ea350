namespace PolarGrid.Engine.Grammars.Matching;

/// <summary>Makes equal stacks one object and equal states one object.</summary>
internal sealed class StackTable
{
    private readonly Dictionary<(int Node, int Least, int Most, int Below), GrammarStack> stacks = [];
    private readonly HashSet<GrammarState> states = new(ByStacks.Comparer);
    private int nextId;

    /// <summary>Grows when everything is forgotten: objects of different epochs may be equal and yet two.</summary>
    public int Epoch { get; private set; }

    /// <summary>Roughly, what stacks and states take.</summary>
    public long Bytes { get; private set; }

    public GrammarStack Stack(int node, GrammarStack? below, int least = 0, int most = GrammarStack.NoCount)
    {
        var key = (node, least, most, below?.Id ?? -1);
        if (stacks.TryGetValue(key, out var known)) return known;
        var stack = new GrammarStack(nextId++, node, least, most, below);
        stacks.Add(key, stack);
        Bytes += 120;
        return stack;
    }

    public GrammarState State(List<GrammarStack> waiting, bool accepts)
    {
        waiting.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        var candidate = new GrammarState([.. waiting.Distinct()], accepts, Epoch);
        if (states.TryGetValue(candidate, out var known)) return known;
        states.Add(candidate);
        Bytes += 120 + (8 * candidate.Stacks.Length);
        return candidate;
    }

    public void CountBytes(long bytes) => Bytes += bytes;

    /// <summary>Forgets everything. Whoever holds a state brings it in again.</summary>
    public void Clear()
    {
        stacks.Clear();
        states.Clear();
        Epoch++;
        Bytes = 0;
    }

    private sealed class ByStacks : IEqualityComparer<GrammarState>
    {
        public static ByStacks Comparer { get; } = new();

        public bool Equals(GrammarState? left, GrammarState? right) =>
            ReferenceEquals(left, right)
            || (left is not null && right is not null && left.Accepts == right.Accepts && left.Stacks.AsSpan().SequenceEqual(right.Stacks));

        public int GetHashCode(GrammarState state)
        {
            var hash = new HashCode();
            hash.Add(state.Accepts);
            foreach (var stack in state.Stacks) hash.Add(stack.Id);
            return hash.ToHashCode();
        }
    }
}
