using System.Text.Json;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Edge.Chat;

/// <summary>What a request says about thinking. Null: nothing.</summary>
internal sealed class Reasoning
{
    /// <summary><c>enable_thinking</c>.</summary>
    public bool? Enable
    {
        get;
        set => field = Once("enable_thinking", field, value);
    }

    /// <summary><c>reasoning_effort</c>: <c>none</c> switches thinking off, the others on.</summary>
    public string? Effort
    {
        get;
        set => field = Once("reasoning_effort", field, value);
    }

    /// <summary><c>include_reasoning</c>: true sends thinking as <c>reasoning_content</c>, false hides it.</summary>
    public bool? Include { get; set; }

    /// <summary><c>thinking_token_budget</c>: the engine ends thinking there, and templates that take a budget are told it.</summary>
    public long? Budget
    {
        get;
        set => field = Once("thinking_token_budget", field, value);
    }

    /// <summary>Where <see cref="Budget"/> was given.</summary>
    public string BudgetField { get; set; } = "thinking_token_budget";

    /// <summary>Off unless asked for: first tokens come sooner. A budget of no tokens asks for none.</summary>
    public bool IsOn => (Enable ?? Effort is not (null or "none")) && Budget != 0;

    /// <summary>Whether thinking is not just left off but unwanted.</summary>
    public bool IsRefused => Enable is false || (Enable is null && Effort == "none");

    /// <summary>A field that was given different values, once as <c>chat_template_kwargs</c>; null where none was.</summary>
    public string? GivenTwice { get; private set; }

    public bool Contradicts => Enable is { } enable && Effort is { } effort && enable == (effort == "none");

    /// <summary>
    /// How long answers of such a model may think: the caller's number, else that of the effort, unless the template tells the model
    /// the effort itself (wire format 3.3). Null: as long as it wants.
    /// </summary>
    public ThinkingBudget? BudgetFor(TemplateTraits traits)
    {
        if (traits.Reasoning is not { } markers || IsRefused) return null;
        var tokens = Budget ?? (traits.Switches.Contains("reasoning_effort") ? null : TokensOf(Effort));
        return tokens is null ? null : new ThinkingBudget(markers, (int)tokens);
    }

    private T? Once<T>(string name, T? before, T? now)
    {
        if (before is not null && !EqualityComparer<T?>.Default.Equals(before, now)) GivenTwice ??= name;
        return now;
    }

    /// <summary>Each step four times the one before; <c>max</c> sets no bound.</summary>
    private static long? TokensOf(string? effort) => effort switch
    {
        "minimal" => 128,
        "low" => 512,
        "medium" => 2048,
        "high" => 8192,
        "xhigh" => 32_768,
        _ => null,
    };

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
