using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Completions;

/// <summary>What was read from the body of a legacy completion request.</summary>
internal sealed class CompletionDraft : RequestDraft
{
    /// <summary>Each becomes one request to the engine.</summary>
    public List<Prompt> Prompts { get; } = [];

    /// <summary>What follows the text that is asked for; null and empty ask for nothing.</summary>
    public string? Suffix { get; set; }

    /// <summary>The prompts as the engine takes them.</summary>
    public IReadOnlyList<Prompt> ToPrompts() =>
        string.IsNullOrEmpty(Suffix) ? Prompts : [.. Prompts.Select(prompt => new InfillPrompt(((TextPrompt)prompt).Text, Suffix))];

    public bool Echo { get; set; }

    public int? BestOf { get; set; }

    /// <summary>Likeliest tokens to report beside each one's log-probability; null reports none.</summary>
    public int? Logprobs { get; set; }

    public override int? Alternatives => Logprobs ?? (ChoosesBest ? 0 : null);

    /// <summary>Whether more answers are generated than are returned.</summary>
    public bool ChoosesBest => BestOf > Choices;

    public override int GeneratedChoices => ChoosesBest ? BestOf!.Value : Choices;

    public override string PromptField => "prompt";

    public override ApiError? CheckTogether()
    {
        // 0 is in OpenAI's range and means the same as leaving it out.
        if (BestOf is > 0 and var best && best < Choices)
        {
            return new(ErrorTable.Inconsistent, $"'best_of' is {best}, less than 'n', which is {Choices}.", "best_of");
        }

        if (!string.IsNullOrEmpty(Suffix) && (Echo || !Prompts.TrueForAll(prompt => prompt is TextPrompt)))
        {
            return new(ErrorTable.Inconsistent, "'suffix' needs a text as the prompt, and goes without 'echo'.", "suffix");
        }

        return ChoosesBest && Stream
            ? new(ErrorTable.Inconsistent, "'best_of' cannot be streamed: which answers are best shows only at the end.", "best_of")
            : base.CheckTogether();
    }

    public override ApiError? FitTo(ModelDescription model, ApiProfile profile) =>
        string.IsNullOrEmpty(Suffix) || model.CanInfill
            ? base.FitTo(model, profile)
            : new(ErrorTable.UnsupportedParameter, $"'suffix' is not supported: the model '{model.Id}' has no tokens to fill in the middle with.", "suffix");
}
