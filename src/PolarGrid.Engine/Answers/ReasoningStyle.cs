namespace PolarGrid.Engine.Answers;

/// <summary>What becomes of the thinking in an answer.</summary>
public enum ReasoningStyle
{
    /// <summary>Part of the content, with its markers: PolarGrid's documented form.</summary>
    Inline,

    /// <summary>Apart from the content, without markers.</summary>
    Separate,

    /// <summary>Generated and counted, but not shown.</summary>
    Hidden,
}
