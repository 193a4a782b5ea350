using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Tools;

/// <summary>What is asked of the calls in an answer.</summary>
public sealed record ToolDemand
{
    /// <summary>Whether the answer must be calls.</summary>
    public bool Required { get; init; }

    /// <summary>Whether there is at most one.</summary>
    public bool Single { get; init; }

    /// <summary>Set when the answer may begin with thinking.</summary>
    public ReasoningMarkers? Thinking { get; init; }

    /// <summary>Whether the prompt opens that thinking.</summary>
    public bool ThinkingOpened { get; init; }
}
