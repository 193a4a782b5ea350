using PolarGrid.Engine.Tools;

namespace PolarGrid.Engine.Answers;

/// <summary>What may occur in the answers to one request beside plain content. Shared by its choices; immutable.</summary>
public sealed record AnswerPlan
{
    /// <summary>Null when the model does not think.</summary>
    public ReasoningMarkers? Reasoning { get; init; }

    public ReasoningStyle Style { get; init; }

    /// <summary>How calls are written; null when no tools may be called.</summary>
    public ToolFormat? Tools { get; init; }

    /// <summary>The tools that may be called: a call of anything else is content.</summary>
    public IReadOnlyList<string> ToolNames { get; init; } = [];
}
