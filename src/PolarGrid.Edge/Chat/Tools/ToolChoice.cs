namespace PolarGrid.Edge.Chat.Tools;

/// <summary>Whether and what the model is to call.</summary>
/// <param name="Mode">How.</param>
/// <param name="Names">The tools that it is restricted to; null: all of them.</param>
internal sealed record ToolChoice(ToolChoiceMode Mode, IReadOnlyList<string>? Names = null)
{
    public static ToolChoice None { get; } = new(ToolChoiceMode.None);

    public static ToolChoice Auto { get; } = new(ToolChoiceMode.Auto);

    public static ToolChoice Required { get; } = new(ToolChoiceMode.Required);

    /// <summary>Whether exactly one call of one tool is asked for.</summary>
    public bool IsNamed { get; init; }
}

/// <summary>How free the model is.</summary>
internal enum ToolChoiceMode
{
    None,
    Auto,
    Required,
}
