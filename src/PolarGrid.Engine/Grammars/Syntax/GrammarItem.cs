namespace PolarGrid.Engine.Grammars.Syntax;

/// <summary>A part of a rule's right side.</summary>
internal abstract record GrammarItem
{
    /// <summary>Items inside items, this one counted; the parser keeps it under <see cref="GrammarLimits.ItemDepth"/>, so items may be visited by recursion.</summary>
    public virtual int Depth => 1;

    private protected static int Over(GrammarItem[] items)
    {
        var deepest = 0;
        foreach (var item in items) deepest = Math.Max(deepest, item.Depth);
        return deepest + 1;
    }
}

/// <summary>These bytes; none of them matches the empty text.</summary>
internal sealed record LiteralItem(byte[] Utf8) : GrammarItem;

/// <summary>One character out of these ranges, which ascend, do not touch, and hold no surrogates. No range matches nothing.</summary>
internal sealed record ClassItem(CodePointRange[] Ranges) : GrammarItem;

internal sealed record SequenceItem(GrammarItem[] Items) : GrammarItem
{
    public override int Depth { get; } = Over(Items);
}

/// <summary>One of at least one option.</summary>
internal sealed record ChoiceItem(GrammarItem[] Options) : GrammarItem
{
    public override int Depth { get; } = Over(Options);
}

/// <param name="Item">What is repeated.</param>
/// <param name="Least">0 or more.</param>
/// <param name="Most">At least <paramref name="Least"/>; null for any number.</param>
internal sealed record RepeatItem(GrammarItem Item, int Least, int? Most) : GrammarItem
{
    public override int Depth { get; } = Item.Depth + 1;
}

/// <summary>Another rule by its index.</summary>
internal sealed record RuleItem(int Rule) : GrammarItem;

/// <summary>Unicode code points from first to last, both included.</summary>
internal readonly record struct CodePointRange(int First, int Last);
