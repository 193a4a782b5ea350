namespace PolarGrid.Engine.Grammars.Building;

/// <summary>The nodes of a program while it is built.</summary>
internal sealed class NodeList
{
    private readonly List<GrammarNode> nodes = [new(NodeKind.Return)];
    private readonly List<ByteArc> arcs = [];
    private readonly List<int> targets = [];

    public int Count => nodes.Count + arcs.Count + targets.Count;

    public int Add(GrammarNode node)
    {
        nodes.Add(node);
        return nodes.Count - 1;
    }

    /// <param name="branches">Ascending, without overlap.</param>
    public int AddBranch(IReadOnlyCollection<ByteArc> branches)
    {
        arcs.AddRange(branches);
        return Add(new GrammarNode(NodeKind.Branch, arcs.Count - branches.Count, branches.Count));
    }

    public int AddSplit(IReadOnlyCollection<int> ways)
    {
        targets.AddRange(ways);
        return Add(new GrammarNode(NodeKind.Split, targets.Count - ways.Count, ways.Count));
    }

    public void SetTarget(int split, int index, int target) => targets[nodes[split].First + index] = target;

    /// <param name="starts">The first node of each rule, for calls, which hold the rule's index until now.</param>
    /// <param name="root">Index of the rule to begin with.</param>
    public GrammarProgram ToProgram(int[] starts, int root)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Kind == NodeKind.Call) nodes[i] = nodes[i] with { First = starts[nodes[i].First] };
        }

        var (classes, count) = ByteClasses();
        return new GrammarProgram([.. nodes], [.. arcs], [.. targets], starts[root], classes, count);
    }

    private (byte[] Classes, int Count) ByteClasses()
    {
        var begins = new bool[257];
        foreach (var arc in arcs) begins[arc.Low] = begins[arc.High + 1] = true;
        var classes = new byte[256];
        var current = 0;
        for (var value = 1; value < 256; value++)
        {
            if (begins[value]) current++;
            classes[value] = (byte)current;
        }

        return (classes, current + 1);
    }
}
