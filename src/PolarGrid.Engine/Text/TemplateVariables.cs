using System.Collections.Frozen;
using System.Text.Json;
using PolarGrid.Engine.Templates;

namespace PolarGrid.Engine.Text;

/// <summary>What a chat template sees, by the names that Hugging Face's templates use.</summary>
internal static class TemplateVariables
{
    private static readonly FrozenSet<string> Roles = FrozenSet.Create(StringComparer.Ordinal, "system", "user", "assistant", "tool");

    public static Dictionary<string, TemplateValue> For(ChatPrompt chat, ITokenizer tokenizer)
    {
        var variables = new Dictionary<string, TemplateValue>(StringComparer.Ordinal)
        {
            ["messages"] = TemplateValue.FromList(chat.Messages.Select(Message)),
            ["add_generation_prompt"] = TemplateValue.From(true),
            ["bos_token"] = TemplateValue.FromTrusted(tokenizer.BeginOfTextPiece),
            ["eos_token"] = TemplateValue.FromTrusted(tokenizer.EndOfTextPiece),
        };
        if (chat.Tools is { } tools) variables["tools"] = TemplateValue.FromJson(tools);
        foreach (var (name, value) in chat.TemplateVariables ?? new Dictionary<string, JsonElement>())
        {
            variables[name] = TemplateValue.FromJson(value);
        }

        return variables;
    }

    private static TemplateValue Message(ChatTurn turn)
    {
        var message = new List<KeyValuePair<string, TemplateValue>>
        {
            // One of four known words; some templates build a control token out of it.
            new("role", Roles.Contains(turn.Role) ? TemplateValue.FromTrusted(turn.Role) : TemplateValue.FromCaller(turn.Role)),
            new("content", turn.Content is { } content ? TemplateValue.FromCaller(content) : TemplateValue.None),
        };
        if (turn.Name is { } name) message.Add(new("name", TemplateValue.FromCaller(name)));
        if (turn.ToolCallId is { } id) message.Add(new("tool_call_id", TemplateValue.FromCaller(id)));
        if (turn.ToolCalls is { } calls) message.Add(new("tool_calls", TemplateValue.FromJson(calls)));
        if (turn.ReasoningContent is { } reasoning) message.Add(new("reasoning_content", TemplateValue.FromCaller(reasoning)));
        return TemplateValue.FromDict(message);
    }
}
