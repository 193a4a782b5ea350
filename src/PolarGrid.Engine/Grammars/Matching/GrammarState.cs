using PolarGrid.Engine.Grammars.Tokens;

namespace PolarGrid.Engine.Grammars.Matching;

/// <summary>All ways to read the text so far.</summary>
/// <param name="stacks">Each waits for a byte; ordered by id, no two the same.</param>
/// <param name="accepts">Whether the text is complete.</param>
/// <param name="epoch">Which generation of shared stacks it belongs to.</param>
internal sealed class GrammarState(GrammarStack[] stacks, bool accepts, int epoch)
{
    /// <summary>No text begins like this.</summary>
    public static GrammarState Dead { get; } = new([], false, -1);

    /// <summary>There were more ways to read the text, or rules inside rules, than the limits allow.</summary>
    public static GrammarState TooComplex { get; } = new([], false, -1);

    public GrammarStack[] Stacks => stacks;

    public bool Accepts => accepts;

    public int Epoch => epoch;

    /// <summary>Whether the text is complete and nothing can follow it.</summary>
    public bool IsFinal => accepts && stacks.Length == 0;

    /// <summary>By byte class: where each leads, as far as known.</summary>
    public GrammarState?[]? Next { get; set; }

    /// <summary>This state with large counts cut down: it allows the same tokens.</summary>
    public GrammarState? Capped { get; set; }

    /// <summary>The tokens it allows, once computed.</summary>
    public TokenMask? Mask { get; set; }
}
