using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Generation;

/// <summary>Checks that need to know the model.</summary>
internal static class ModelRules
{
    public static ApiError? Check(RequestDraft draft, ModelDescription model)
    {
        if (draft.Choices > model.MaxChoices)
        {
            return new(ErrorTable.UnsupportedValue, $"'n' is {draft.Choices}; this model gives at most {model.MaxChoices} choices.", "n");
        }

        if (draft.GeneratedChoices > model.MaxChoices)
        {
            return new(
                ErrorTable.UnsupportedValue, $"'best_of' is {draft.GeneratedChoices}; this model gives at most {model.MaxChoices} choices.", "best_of");
        }

        foreach (var bias in draft.LogitBias)
        {
            if (bias.Token < model.VocabularySize) continue;
            return new(
                ErrorTable.InvalidValue,
                $"'logit_bias' has the token id {bias.Token}; this model's ids run from 0 to {model.VocabularySize - 1}.",
                "logit_bias");
        }

        foreach (var token in draft.StopTokens)
        {
            if (token < model.VocabularySize) continue;
            return new(
                ErrorTable.InvalidValue,
                $"'stop_token_ids' has the token id {token}; this model's ids run from 0 to {model.VocabularySize - 1}.",
                "stop_token_ids");
        }

        return null;
    }
}
