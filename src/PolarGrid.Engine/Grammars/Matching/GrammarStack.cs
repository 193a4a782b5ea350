namespace PolarGrid.Engine.Grammars.Matching;

/// <summary>
/// One way to read the text so far: where it stands, and below that the unfinished rules and repetitions it will come back to. Stacks
/// share what is below, and equal ones are one object, so a fork costs one object and a loop comes back to the same one.
/// </summary>
internal sealed class GrammarStack(int id, int node, int least, int most, GrammarStack? below)
{
    /// <summary>Marks an entry that is no repetition.</summary>
    public const int NoCount = -2;

    /// <summary>In the order of creation; gives states an order of their stacks.</summary>
    public int Id => id;

    /// <summary>A branch that waits for a byte, the node a call comes back to, or a repetition.</summary>
    public int Node => node;

    /// <summary>Rounds that a repetition still needs.</summary>
    public int Least => least;

    /// <summary>Rounds that a repetition may still make, -1 for any number; <see cref="NoCount"/> where this is none.</summary>
    public int Most => most;

    public GrammarStack? Below => below;

    public int Depth { get; } = below is null ? 1 : below.Depth + 1;

    /// <summary>This stack with large counts cut down, once computed.</summary>
    public GrammarStack? Capped { get; set; }
}
