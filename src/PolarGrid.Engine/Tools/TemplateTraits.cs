using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Tools;

/// <summary>What a model's chat template says about calling tools and thinking. Plain data; made by <see cref="TemplateReader"/>.</summary>
public sealed record TemplateTraits
{
    /// <summary>Of a model without a template, or with one that knows neither tools nor thinking.</summary>
    public static TemplateTraits Plain { get; } = new();

    public ToolFamily Tools { get; init; }

    /// <summary>Whether the template lists the tools itself; otherwise a system message does.</summary>
    public bool ListsTools { get; init; }

    /// <summary>Whether the template writes earlier calls and their results itself; otherwise they are put into messages as text.</summary>
    public bool ShowsCalls { get; init; }

    /// <summary>Whether the template wants a call's arguments as an object; else as JSON text.</summary>
    public bool ArgumentsAsObject { get; init; }

    /// <summary>Whether a message of calls without text must have empty text instead of none.</summary>
    public bool EmptyContentBesideCalls { get; init; }

    /// <summary>Whether earlier calls must stand one by one, each in a message of its own.</summary>
    public bool OneCallPerMessage { get; init; }

    /// <summary>
    /// Whether a message's text is lost where it also has calls, and both may be written together as text instead. (Where a template
    /// would refuse that, the text is left out, as its makers do.)
    /// </summary>
    public bool LosesTextBesideCalls { get; init; }

    /// <summary>Whether the template refuses call ids that are not nine letters or digits.</summary>
    public bool NineCharacterCallIds { get; init; }

    /// <summary>Whether a system message may come first.</summary>
    public bool TakesSystemMessage { get; init; } = true;

    /// <summary>Null when the model does not think, as far as its template tells.</summary>
    public ReasoningMarkers? Reasoning { get; init; }

    /// <summary>Whether the prompt ends inside a thinking block when thinking is on.</summary>
    public bool OpensThinkingWhenOn { get; init; }

    /// <summary>Whether it does so even when thinking is off: the template has no switch.</summary>
    public bool OpensThinkingWhenOff { get; init; }

    /// <summary>Switches among the known ones that the template reads, such as <c>reasoning_effort</c>.</summary>
    public IReadOnlyList<string> Switches { get; init; } = [];
}
