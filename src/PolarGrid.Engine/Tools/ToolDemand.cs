using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Tools;

/// <summary>What is asked of the calls in an answer.</summary>
public sealed record ToolDemand
{
    /// <summary>Whether the answer must be calls.</summary>
    public bool Required { get; init; }

    /// <summary>Whether there is at most one.</summary>
    public bool Single { get; init; }

    /// <summary>The rule that an answer without calls must follow; null leaves it free.</summary>
    public string? ContentRule { get; init; }

    /// <summary>GBNF that defines <see cref="ContentRule"/>.</summary>
    public string? ContentRules { get; init; }

    /// <summary>Set when the answer may begin with thinking.</summary>
    public ReasoningMarkers? Thinking { get; init; }

    /// <summary>Whether the prompt opens that thinking.</summary>
    public bool ThinkingOpened { get; init; }
}
