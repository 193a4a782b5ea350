namespace PolarGrid.Engine.Grammars;

/// <summary>How large a grammar may be. Compiling a large one takes tens of milliseconds on one core, a hostile one up to some hundreds.</summary>
internal static class GrammarLimits
{
    /// <summary>UTF-16 characters of a grammar's text.</summary>
    public const int Characters = 1 << 20;

    public const int Rules = 20_000;

    /// <summary>Parentheses inside parentheses.</summary>
    public const int Nesting = 64;

    /// <summary>Groups, choices, sequences and repetitions inside each other in one rule.</summary>
    public const int ItemDepth = 4 * Nesting;

    /// <summary>Largest number in a repetition; repetitions are counted, not written out, so it costs nothing.</summary>
    public const int Repetitions = 1_000_000;

    /// <summary>Nodes of the compiled program.</summary>
    public const int Nodes = 400_000;

    /// <summary>Steps of the checks between parsing and compiling.</summary>
    public const int CheckSteps = 5_000_000;

    /// <summary>Alternative ways to read the text so far, each a stack of unfinished rules.</summary>
    public const int Stacks = 2048;

    /// <summary>Nodes visited to learn where one byte leads; some milliseconds.</summary>
    public const int VisitsPerByte = 50_000;

    /// <summary>Rules inside rules at one place of the text.</summary>
    public const int StackDepth = 4096;
}
