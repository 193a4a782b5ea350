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

    public IReadOnlyList<string> ShownTokens { get; private init; } = [];

    /// <summary>Whether the model gets to know the tools.</summary>
    public bool MayCall { get; private init; }

    public static (ChatPlan? Plan, ApiError? Error) For(ChatDraft draft, ModelDescription model, ApiProfile profile)
    {
        var traits = model.Template;
        if (draft.Reasoning.Budget is not null && !traits.Switches.Contains("thinking_budget"))
        {
            const string Why = "this model cannot be told how long to think; 'max_completion_tokens' bounds thinking and answer together.";
            return (null, new(ErrorTable.UnsupportedParameter, $"'thinking_token_budget' is not supported: {Why}", "thinking_token_budget"));
        }

        var choice = draft.ToolChoice ?? (draft.Tools.Count > 0 ? ToolChoice.Auto : ToolChoice.None);
        var mayCall = draft.Tools.Count > 0 && choice.Mode != ToolChoiceMode.None;
        if (mayCall && draft.Output is { } output)
        {
            return (null, new(ErrorTable.UnsupportedValue, $"'{output.Field}' beside tools that may be called is not supported yet.", output.Field));
        }

        var format = mayCall ? ToolFormat.Of(traits.Tools) : null;
        var grammar = OutputGrammars.For(draft.Output, draft.Reasoning, traits);
        if (format is null && traits.Reasoning is null) return (new ChatPlan { Grammar = grammar }, null);

        var answers = new AnswerPlan
        {
            Reasoning = traits.Reasoning,
            Style = draft.Reasoning.StyleUnder(profile),
            Tools = format,
            ToolNames = mayCall ? choice.Names ?? [.. draft.Tools.Select(tool => tool.Name)] : [],
        };
        return (new ChatPlan
        {
            Shape = new AnswerShape(answers, draft.AnswersAsFunctionCall),
            Grammar = grammar,
            ShownTokens = [.. format?.ControlTexts ?? [], .. traits.Reasoning is { } markers ? [markers.Open, markers.Close] : (string[])[]],
            MayCall = mayCall,
        }, null);
    }
}
