namespace PolarGrid.Engine.Grammars.Building;

/// <summary>What happens at a node of the compiled program.</summary>
internal enum NodeKind : byte
{
    /// <summary>Takes a byte and goes where its arc leads; only this kind waits for text.</summary>
    Branch,

    /// <summary>Goes to each of its targets.</summary>
    Split,

    /// <summary>Enters a rule and comes back to <see cref="GrammarNode.Next"/>.</summary>
    Call,

    /// <summary>Repeats what begins at <see cref="GrammarNode.First"/> between two numbers of times, then goes on.</summary>
    Repeat,

    /// <summary>The end of a rule or of a repeated part.</summary>
    Return,
}

/// <summary>A node of the compiled program.</summary>
/// <param name="Kind">Says what the numbers mean.</param>
/// <param name="First">First arc of a branch, first target of a split, first node of a called rule or repeated part.</param>
/// <param name="Count">Arcs of a branch, targets of a split.</param>
/// <param name="Next">Where a call or repetition goes on.</param>
/// <param name="Least">Of a repetition.</param>
/// <param name="Most">Of a repetition; -1 for any number.</param>
/// <param name="MayBeEmpty">Whether the repeated part can match nothing.</param>
internal readonly record struct GrammarNode(
    NodeKind Kind, int First = 0, int Count = 0, int Next = 0, int Least = 0, int Most = 0, bool MayBeEmpty = false);

/// <summary>Bytes from low to high lead to a node.</summary>
internal readonly record struct ByteArc(byte Low, byte High, int Target);

/// <summary>A compiled grammar: immutable, shared by everything that follows it.</summary>
/// <param name="Nodes">Node 0 is the one return.</param>
/// <param name="Arcs">Of all branches; those of one ascend and do not overlap.</param>
/// <param name="Targets">Of all splits.</param>
/// <param name="Start">Where <c>root</c> begins.</param>
/// <param name="ByteClasses">Bytes of one class take the same arcs everywhere: 256 numbers.</param>
/// <param name="ClassCount">How many classes there are.</param>
internal sealed record GrammarProgram(
    GrammarNode[] Nodes, ByteArc[] Arcs, int[] Targets, int Start, byte[] ByteClasses, int ClassCount)
{
    public const int Return = 0;

    /// <summary>Where a byte leads from a branch, or -1.</summary>
    public int TargetOf(in GrammarNode branch, byte value)
    {
        var low = branch.First;
        var high = branch.First + branch.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            ref readonly var arc = ref Arcs[middle];
            if (value < arc.Low) high = middle - 1;
            else if (value > arc.High) low = middle + 1;
            else return arc.Target;
        }

        return -1;
    }
}
