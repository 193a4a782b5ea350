using System.Text.Json;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Edge.Chat;

/// <summary>What a request says about thinking. Null: nothing.</summary>
internal sealed class Reasoning
{
    /// <summary><c>enable_thinking</c>.</summary>
    public bool? Enable { get; set; }

    /// <summary><c>reasoning_effort</c>: <c>none</c> switches thinking off, the others on.</summary>
    public string? Effort { get; set; }

    /// <summary><c>include_reasoning</c>: true sends thinking as <c>reasoning_content</c>, false hides it.</summary>
    public bool? Include { get; set; }

    /// <summary><c>thinking_token_budget</c>, for models that are told one.</summary>
    public long? Budget { get; set; }

    /// <summary>Off unless asked for: first tokens come sooner.</summary>
    public bool IsOn => Enable ?? Effort is not (null or "none");

    /// <summary>Whether thinking is not just left off but unwanted.</summary>
    public bool IsRefused => Enable is false || (Enable is null && Effort == "none");

    public bool Contradicts => Enable is { } enable && Effort is { } effort && enable == (effort == "none");

    /// <summary>Inline as PolarGrid documents it; other profiles' clients read a field of its own.</summary>
    public ReasoningStyle StyleUnder(ApiProfile profile) => Include switch
    {
        true => ReasoningStyle.Separate,
        false => ReasoningStyle.Hidden,
        null => profile.ReasoningInContent ? ReasoningStyle.Inline : ReasoningStyle.Separate,
    };

    /// <summary>The switches that templates know, by their usual names.</summary>
    public Dictionary<string, JsonElement> TemplateVariables()
    {
        var on = IsOn ? TemplateValues.True : TemplateValues.False;
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["enable_thinking"] = on, ["thinking"] = on };
        if (Effort is not null) variables["reasoning_effort"] = TemplateValues.Text(Effort);
        var budget = IsRefused ? Budget ?? 0 : Budget;
        if (budget is not null) variables["thinking_budget"] = TemplateValues.Number(budget.Value);
        return variables;
    }
}
