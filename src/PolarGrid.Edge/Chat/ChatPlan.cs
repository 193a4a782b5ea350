using PolarGrid.Edge.Chat.Tools;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Output;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Edge.Chat;

/// <summary>What a chat request asks of one model's answers: which parts they have, what they are held to.</summary>
internal sealed record ChatPlan
{
    private ChatPlan()
    {
    }

    /// <summary>Null when all text is content.</summary>
    public AnswerShape? Shape { get; private init; }

    public OutputGrammar? Grammar { get; private init; }

    /// <summary>Null: as long as the model wants.</summary>
    public ThinkingBudget? Thinking { get; private init; }

    public IReadOnlyList<string> ShownTokens { get; private init; } = [];

    /// <summary>Texts that open a call: from there on stop texts do not count.</summary>
    public IReadOnlyList<string> CallOpeners { get; private init; } = [];

    /// <summary>Thinking in which stop texts do not count: that which is not part of the content. Null: there is none.</summary>
    public ReasoningMarkers? ThinkingApart { get; private init; }

    /// <summary>Whether the model gets to know the tools.</summary>
    public bool MayCall { get; private init; }

    public static (ChatPlan? Plan, ApiError? Error) For(ChatDraft draft, ModelDescription model, ApiProfile profile, ToolGrammars grammars)
    {
        var traits = model.Template;
        if (draft.Reasoning.Budget is not null && traits.Reasoning is null)
        {
            const string Why = "this model does not think; 'max_completion_tokens' bounds its answer.";
            return (null, new(ErrorTable.UnsupportedParameter, $"'{draft.Reasoning.BudgetField}' is not supported: {Why}", draft.Reasoning.BudgetField));
        }

        var choice = draft.ToolChoice ?? (draft.Tools.Count > 0 ? ToolChoice.Auto : ToolChoice.None);
        var mayCall = draft.Tools.Count > 0 && choice.Mode != ToolChoiceMode.None;
        if (!mayCall && traits.Reasoning is null) return (new ChatPlan { Grammar = draft.Output?.ToGrammar() }, null);

        var format = mayCall ? ToolFormat.Of(traits.Tools) : null;
        var tools = mayCall ? draft.Tools.FindAll(tool => choice.Names?.Contains(tool.Name) ?? true) : [];
        var plan = new ChatPlan
        {
            Shape = new AnswerShape(
                new AnswerPlan
                {
                    Reasoning = traits.Reasoning,
                    Style = draft.Reasoning.StyleUnder(profile),
                    Tools = format,
                    ToolNames = [.. tools.Select(tool => tool.Name)],
                },
                draft.AnswersAsFunctionCall),
            Thinking = draft.Reasoning.BudgetFor(traits),
            ShownTokens = [.. format?.ControlTexts ?? [], .. traits.Reasoning is { } markers ? [markers.Open, markers.Close] : (string[])[]],
            CallOpeners = format?.OpenerTexts ?? [],
            ThinkingApart = draft.Reasoning.StyleUnder(profile) == ReasoningStyle.Inline ? null : traits.Reasoning,
            MayCall = mayCall,
        };
        if (format is null) return (plan with { Grammar = OutputGrammars.For(draft.Output, draft.Reasoning, traits) }, null);
        if (draft.Output is { IsOwn: true } own)
        {
            return (null, new(ErrorTable.UnsupportedValue, $"'{own.Field}' beside tools that may be called is not supported; give one of them.", own.Field));
        }

        var required = choice.Mode == ToolChoiceMode.Required;
        var written = grammars.Write(
            format,
            draft.ToolsJson!.Value.GetRawText(),
            [.. tools.Select(tool => new ToolSchema(tool.Name, tool.Parameters, tool.Strict || required))],
            DemandOf(draft, traits, required, choice.IsNamed));
        if (written.Error is not { } error) return (plan with { Grammar = written.Grammar }, null);
        var path = tools[written.Tool].Path + ".parameters";
        return (null, new(ErrorTable.FunctionParameters, $"'{path}' cannot be enforced: {error}", path));
    }

    private static ToolDemand DemandOf(ChatDraft draft, TemplateTraits traits, bool required, bool named)
    {
        var opened = draft.Reasoning.IsOn ? traits.OpensThinkingWhenOn : traits.OpensThinkingWhenOff && !draft.Reasoning.IsRefused;
        return new ToolDemand
        {
            Required = required,
            Single = named || !draft.ParallelToolCalls || draft.AnswersAsFunctionCall || traits.OneCallPerMessage,
            ContentRule = draft.Output is null ? null : OutputFormat.Rule,
            ContentRules = draft.Output?.Rules,
            Thinking = opened || draft.Reasoning.IsOn ? traits.Reasoning : null,
            ThinkingOpened = opened,
        };
    }
}
