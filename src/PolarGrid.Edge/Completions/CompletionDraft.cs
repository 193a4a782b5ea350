using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Completions;

/// <summary>What was read from the body of a legacy completion request.</summary>
internal sealed class CompletionDraft : RequestDraft
{
    /// <summary>Each becomes one request to the engine.</summary>
    public List<Prompt> Prompts { get; } = [];

    public bool Echo { get; set; }

    public int? BestOf { get; set; }

    public override string PromptField => "prompt";

    /// <summary><c>best_of</c> generates more than it returns, which this server does not do: it must equal <c>n</c>, or be left out.</summary>
    public override ApiError? CheckTogether()
    {
        if (BestOf is { } best && best != Choices && !(best == 0 && Choices == 1))
        {
            return best < Choices
                ? new(ErrorTable.Inconsistent, $"'best_of' is {best}, less than 'n', which is {Choices}.", "best_of")
                : new(ErrorTable.UnsupportedParameter, "'best_of' is not supported unless it equals 'n'.", "best_of");
        }

        return base.CheckTogether();
    }
}
