using System.Text.Json;
using PolarGrid.Edge.Output;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Completions;

/// <summary>Every field of a legacy completion request that this server knows (wire format section 10).</summary>
internal static class CompletionParameters
{
    private const string UseChat = "it belongs to /v1/chat/completions.";

    public static ParameterTable<CompletionDraft> Table { get; } = new(
    [
        .. SamplingParameters.Rows<CompletionDraft>().Where(row => row.Name != "max_tokens"),
        .. GuidedParameters.Rows<CompletionDraft>(),
        .. CallerParameters.Rows<CompletionDraft>(),
        new("max_tokens", ParameterAction.Honoured, "integer", "0 to 4096 (polargrid), 0 or more (openai, grid)", ReadMaxTokens),
        new("prompt", ParameterAction.Honoured, "string, or array of strings, token ids, or arrays of token ids", "1 or more", PromptReader.Read)
        {
            Required = true,
        },
        new("max_completion_tokens", ParameterAction.Honoured, "integer", "as max_tokens, which it overrides", ReadMaxCompletionTokens),
        Parameters.Flag<CompletionDraft>("echo", static (draft, value) => draft.Echo = value),
        Parameters.Integer<CompletionDraft>("best_of", 0, 20, static (draft, value) => draft.BestOf = (int)value),
        Parameters.Text<CompletionDraft>("suffix", Parameters.AnyLength, static (draft, text) => draft.Suffix = text) with
        {
            Range = "only where the model fills in the middle; with a text as prompt, and without echo",
        },
        Parameters.Integer<CompletionDraft>("logprobs", 0, 5, static (draft, value) => draft.Logprobs = (int)value),

        // Chat's own (3.2 to 3.4).
        Parameters.Refused<CompletionDraft>("messages", "array", UseChat),
        Parameters.Refused<CompletionDraft>("top_logprobs", "integer", "a completion takes the number in 'logprobs'.", SamplingParameters.IsZero),
        Parameters.Refused<CompletionDraft>("tools", "array", UseChat, SamplingParameters.IsEmptyArray),
        Parameters.Refused<CompletionDraft>("tool_choice", "string or object", UseChat),
        Parameters.Refused<CompletionDraft>("parallel_tool_calls", "boolean", UseChat),
        Parameters.Refused<CompletionDraft>("functions", "array", UseChat, SamplingParameters.IsEmptyArray),
        Parameters.Refused<CompletionDraft>("function_call", "string or object", UseChat),
        Parameters.Refused<CompletionDraft>("modalities", "array of strings", UseChat),
        Parameters.Refused<CompletionDraft>("audio", "object", UseChat),
        Parameters.Refused<CompletionDraft>("enable_thinking", "boolean", UseChat, SamplingParameters.IsFalse),
        Parameters.Refused<CompletionDraft>("reasoning_effort", "string", UseChat),
        Parameters.Refused<CompletionDraft>("include_reasoning", "boolean", UseChat),
        Parameters.Refused<CompletionDraft>("thinking_token_budget", "integer", UseChat),
        Parameters.Refused<CompletionDraft>("chat_template_kwargs", "object", UseChat),
        Parameters.Refused<CompletionDraft>("chat_template", "string", UseChat),
        Parameters.Refused<CompletionDraft>("add_generation_prompt", "boolean", UseChat, SamplingParameters.IsFalse),
        Parameters.Refused<CompletionDraft>("continue_final_message", "boolean", UseChat, SamplingParameters.IsFalse),
    ]);

    private static void ReadMaxTokens(FieldReader reader, string path, JsonElement value, CompletionDraft draft)
    {
        if (reader.Integer(path, value, 0, reader.Profile.LargestMaxTokens ?? int.MaxValue, out var tokens)) draft.MaxTokens = tokens;
    }

    private static void ReadMaxCompletionTokens(FieldReader reader, string path, JsonElement value, CompletionDraft draft)
    {
        if (reader.Integer(path, value, 0, reader.Profile.LargestMaxTokens ?? int.MaxValue, out var tokens)) draft.MaxCompletionTokens = tokens;
    }
}
