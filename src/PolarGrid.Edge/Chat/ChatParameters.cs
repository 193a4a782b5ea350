using System.Text.Json;
using PolarGrid.Edge.Chat.Tools;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Output;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Chat;

/// <summary>Every field of a chat request that this server knows (wire format section 3).</summary>
internal static class ChatParameters
{
    private static readonly string[] Efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
    private const string NoAudio = "no speech model is attached to chat.";
    private const string UseCompletions = "use /v1/completions.";
    private const string ServersOwn = "the chat template belongs to the model.";

    public static ParameterTable<ChatDraft> Table { get; } = new(
    [
        .. SamplingParameters.Rows<ChatDraft>(),
        .. GuidedParameters.Rows<ChatDraft>(),
        .. CallerParameters.Rows<ChatDraft>(),
        new("messages", ParameterAction.Honoured, "array", "1 or more", MessagesReader.Read) { Required = true },
        new("max_completion_tokens", ParameterAction.Honoured, "integer", "as max_tokens, which it overrides", ReadMaxCompletionTokens),

        // Output shape (3.2).
        Parameters.Flag<ChatDraft>("logprobs", static (draft, value) => draft.Logprobs = value),
        Parameters.Integer<ChatDraft>("top_logprobs", 0, 20, static (draft, value) => draft.TopLogprobs = (int)value),
        new("tools", ParameterAction.Honoured, "array of function tools", "at most 128", ToolsReader.ReadTools),
        new("tool_choice", ParameterAction.Honoured, "string or object", "none, auto, required, a function, allowed_tools", ToolChoiceReader.Read),
        Parameters.Flag<ChatDraft>("parallel_tool_calls", static (draft, value) => draft.ParallelToolCalls = value),
        new("functions", ParameterAction.Honoured, "array of functions", "at most 128; deprecated", ToolsReader.ReadFunctions),
        new("function_call", ParameterAction.Honoured, "string or object", "none, auto, a function; deprecated", ToolChoiceReader.ReadFunctionCall),
        new("modalities", ParameterAction.Accepted, "array of strings", "text", ReadModalities),
        Parameters.Refused<ChatDraft>("audio", "object", NoAudio),

        // Reasoning (3.3).
        Parameters.Flag<ChatDraft>("enable_thinking", static (draft, value) => draft.Reasoning.Enable = value),
        Parameters.Choice<ChatDraft>(
            "reasoning_effort",
            Efforts,
            static (draft, value) => draft.Reasoning.Effort = value),

        // Open-weight extras (3.4).
        Parameters.Object<ChatDraft>(
            "chat_template_kwargs", "enable_thinking, thinking, reasoning_effort, thinking_budget", ReadTemplateArguments),
        Parameters.Flag<ChatDraft>("include_reasoning", static (draft, value) => draft.Reasoning.Include = value),
        Parameters.Integer<ChatDraft>("thinking_token_budget", 0, int.MaxValue, static (draft, value) => draft.Reasoning.Budget = value),
        Parameters.Refused<ChatDraft>("chat_template", "string", ServersOwn),
        Parameters.Refused<ChatDraft>(
            "add_generation_prompt", "boolean", ServersOwn, static value => value.ValueKind == JsonValueKind.True),
        Parameters.Refused<ChatDraft>("continue_final_message", "boolean", ServersOwn, SamplingParameters.IsFalse),

        // Those of legacy completions (10).
        Parameters.Refused<ChatDraft>("echo", "boolean", UseCompletions, SamplingParameters.IsFalse),
        Parameters.Refused<ChatDraft>("prompt", "string or array", UseCompletions),
        Parameters.Refused<ChatDraft>("suffix", "string", UseCompletions, static value => value.ValueKind == JsonValueKind.String && value.ValueEquals("")),
        Parameters.Refused<ChatDraft>("best_of", "integer", UseCompletions, static value => SamplingParameters.Is(value, 0) || SamplingParameters.Is(value, 1)),
    ]);

    private static void ReadMaxCompletionTokens(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        var most = reader.Profile.LargestMaxTokens ?? int.MaxValue;
        if (reader.Integer(path, value, 1, most, out var tokens)) draft.MaxCompletionTokens = tokens;
    }

    private static void ReadModalities(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        if (!reader.Array(path, value, 1, 8)) return;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!reader.Choice($"{path}[{index++}]", item, ["text", "audio"], out var modality)) return;
            if (modality == "audio") reader.Fail(ErrorTable.UnsupportedValue, path, $"'{path}' with audio is not supported: {NoAudio}");
        }
    }

    private static void ReadTemplateArguments(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        foreach (var property in value.EnumerateObject())
        {
            var name = FieldReader.Join(path, FieldReader.Quote(property.Name));
            var known = property.NameEquals("enable_thinking"u8) || property.NameEquals("thinking"u8)
                || property.NameEquals("reasoning_effort"u8) || property.NameEquals("thinking_budget"u8);
            if (!known)
            {
                reader.Fail(
                    ErrorTable.UnsupportedParameter,
                    name,
                    $"'{name}' is not supported: only enable_thinking, thinking, reasoning_effort and thinking_budget may be set.");
                return;
            }

            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            if (property.NameEquals("reasoning_effort"u8))
            {
                if (reader.Choice(name, property.Value, Efforts, out var effort)) draft.Reasoning.Effort = effort;
            }
            else if (property.NameEquals("thinking_budget"u8))
            {
                if (reader.Integer(name, property.Value, 0, int.MaxValue, out var budget)) (draft.Reasoning.Budget, draft.Reasoning.BudgetField) = (budget, name);
            }
            else if (reader.Flag(name, property.Value, out var enable))
            {
                draft.Reasoning.Enable = enable;
            }
        }
    }
}
