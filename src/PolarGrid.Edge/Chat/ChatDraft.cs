using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Chat;

/// <summary>What was read from the body of a chat request.</summary>
internal sealed class ChatDraft : RequestDraft
{
    public List<ChatTurn> Messages { get; } = [];

    /// <summary>Wins over <c>max_tokens</c> when both are given.</summary>
    public long? MaxCompletionTokens { get; set; }

    public bool EnableThinking { get; set; }

    /// <summary>For templates that use it; null when not given.</summary>
    public string? ReasoningEffort { get; set; }

    /// <summary>Whether a tier was named, so that the answer names the one that was used.</summary>
    public bool NamesServiceTier { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public bool Logprobs { get; set; }

    public int? TopLogprobs { get; set; }

    public override int? Alternatives => Logprobs ? TopLogprobs ?? 0 : null;

    public override string PromptField => "messages";

    protected override long? AskedTokens => MaxCompletionTokens ?? MaxTokens;

    public override ApiError? CheckTogether() =>
        TopLogprobs > 0 && !Logprobs
            ? new(ErrorTable.Inconsistent, "'top_logprobs' needs 'logprobs' to be true.", "top_logprobs")
            : base.CheckTogether();

    public ChatPrompt ToPrompt() => new() { Messages = Messages, TemplateVariables = TemplateVariables() };

    private Dictionary<string, JsonElement> TemplateVariables()
    {
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["enable_thinking"] = EnableThinking ? TemplateValues.True : TemplateValues.False,
        };
        if (ReasoningEffort is not null) variables["reasoning_effort"] = TemplateValues.Text(ReasoningEffort);
        return variables;
    }
}
