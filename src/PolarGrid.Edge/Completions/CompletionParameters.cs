using System.Text.Json;
using PolarGrid.Edge.Output;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Completions;

/// <summary>Every field of a legacy completion request that this server knows (wire format section 10).</summary>
internal static class CompletionParameters
{
    public static ParameterTable<CompletionDraft> Table { get; } = new(
    [
        .. SamplingParameters.Rows<CompletionDraft>().Where(row => row.Name != "max_tokens"),
        .. GuidedParameters.Rows<CompletionDraft>(),
        new("max_tokens", ParameterAction.Honoured, "integer", "0 to 4096 (polargrid), 0 or more (openai, grid)", ReadMaxTokens),
        new("prompt", ParameterAction.Honoured, "string, or array of strings, token ids, or arrays of token ids", "1 or more", PromptReader.Read)
        {
            Required = true,
        },
        Parameters.Flag<CompletionDraft>("echo", static (draft, value) => draft.Echo = value),
        Parameters.Integer<CompletionDraft>("best_of", 0, 20, static (draft, value) => draft.BestOf = (int)value),
        Parameters.Refused<CompletionDraft>("suffix", "string", "the model does not fill in the middle.", SamplingParameters.IsEmptyText),
        Parameters.Integer<CompletionDraft>("logprobs", 0, 5, static (draft, value) => draft.Logprobs = (int)value),
    ]);

    private static void ReadMaxTokens(FieldReader reader, string path, JsonElement value, CompletionDraft draft)
    {
        if (reader.Integer(path, value, 0, reader.Profile.LargestMaxTokens ?? long.MaxValue, out var tokens)) draft.MaxTokens = tokens;
    }
}
