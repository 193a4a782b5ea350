using System.Text.Json;
using PolarGrid.Edge.Chat.Tools;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Edge.Chat;

/// <summary>What was read from the body of a chat request.</summary>
/// <param name="grammars">Where those of tools are kept.</param>
internal sealed class ChatDraft(ToolGrammars grammars) : RequestDraft
{
    private ChatPlan? plan;

    public List<ChatTurn> Messages { get; } = [];

    public Reasoning Reasoning { get; } = new();

    public bool Logprobs { get; set; }

    public int? TopLogprobs { get; set; }

    /// <summary>In the caller's order.</summary>
    public List<ToolDefinition> Tools { get; } = [];

    /// <summary>The tools as the caller wrote them; null when there are none.</summary>
    public JsonElement? ToolsJson { get; set; }

    /// <summary>Null: as the tools say, <c>auto</c> with and <c>none</c> without.</summary>
    public ToolChoice? ToolChoice { get; set; }

    /// <summary>The field that <see cref="ToolChoice"/> came from.</summary>
    public string ToolChoicePath => NamesFunctionCall ? "function_call" : "tool_choice";

    public bool ParallelToolCalls { get; set; } = true;

    /// <summary>Whether the field was given, however empty.</summary>
    public bool NamesTools { get; set; }

    /// <inheritdoc cref="NamesTools"/>
    public bool NamesFunctions { get; set; }

    /// <inheritdoc cref="NamesTools"/>
    public bool NamesToolChoice { get; set; }

    /// <inheritdoc cref="NamesTools"/>
    public bool NamesFunctionCall { get; set; }

    /// <summary>Whether the deprecated fields were used, which are answered in their own form.</summary>
    public bool AnswersAsFunctionCall { get; set; }

    public override int? Alternatives => Logprobs ? TopLogprobs ?? 0 : null;

    public override string PromptField => "messages";

    public override AnswerShape? Shape => plan?.Shape;

    public override OutputGrammar? Grammar => plan?.Grammar;

    public override ThinkingBudget? Thinking => plan?.Thinking;

    public override ReasoningMarkers? StopBehind => plan?.ThinkingApart;

    public override IReadOnlyList<string> StopUntil => plan?.CallOpeners ?? [];

    public override IReadOnlyList<string> ShownTokens => plan?.ShownTokens ?? [];

    public override ApiError? CheckTogether()
    {
        if (TopLogprobs > 0 && !Logprobs) return new(ErrorTable.Inconsistent, "'top_logprobs' needs 'logprobs' to be true.", "top_logprobs");
        if (Reasoning.GivenTwice is { } field)
        {
            return new(
                ErrorTable.Inconsistent,
                $"'{field}' and 'chat_template_kwargs' say different things about the same; give one of them, or the same value.",
                "chat_template_kwargs");
        }

        if (Reasoning.Contradicts)
        {
            return new(
                ErrorTable.Inconsistent,
                $"'reasoning_effort' is '{Reasoning.Effort}' but thinking is switched {(Reasoning.Enable is true ? "on" : "off")}; give one of them.",
                "reasoning_effort");
        }

        return ToolRules.Check(this) ?? ConversationRules.Check(Messages) ?? base.CheckTogether();
    }

    public override ApiError? FitTo(ModelDescription model, ApiProfile profile)
    {
        (plan, var error) = ChatPlan.For(this, model, profile, grammars);
        return error;
    }

    /// <summary>To be asked once the model is known.</summary>
    public ChatPrompt ToPrompt() => new()
    {
        Messages = Messages,
        Tools = plan?.MayCall is true ? ToolsJson : null,
        ClosesThinking = Reasoning.IsRefused,
        TemplateVariables = Reasoning.TemplateVariables(),
    };
}
