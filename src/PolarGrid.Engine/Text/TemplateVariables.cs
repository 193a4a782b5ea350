using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Engine.Text;

/// <summary>What a chat template sees, by the names that Hugging Face's templates use.</summary>
internal static class TemplateVariables
{
    private static readonly FrozenSet<string> Roles = FrozenSet.Create(StringComparer.Ordinal, "system", "user", "assistant", "tool");

    public static Dictionary<string, TemplateValue> For(ChatPrompt chat, ITokenizer tokenizer, TemplateTraits traits, TimeProvider time)
    {
        var variables = new Dictionary<string, TemplateValue>(StringComparer.Ordinal)
        {
            ["messages"] = TemplateValue.FromList(chat.Messages.Select(turn => Message(turn, traits))),
            ["add_generation_prompt"] = TemplateValue.From(true),
            ["bos_token"] = TemplateValue.FromTrusted(tokenizer.BeginOfTextPiece),
            ["eos_token"] = TemplateValue.FromTrusted(tokenizer.EndOfTextPiece),
        };
        if (chat.Tools is { } tools)
        {
            variables["tools"] = TemplateValue.FromJson(tools);

            // Firefunction's template wants them as text, and the day.
            variables["functions"] = TemplateValue.FromCaller(tools.GetRawText());
            variables["datetime"] = TemplateValue.FromCaller(time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in chat.TemplateVariables ?? new Dictionary<string, JsonElement>())
        {
            variables[name] = TemplateValue.FromJson(value);
        }

        return variables;
    }

    private static TemplateValue Message(ChatTurn turn, TemplateTraits traits)
    {
        var message = new List<KeyValuePair<string, TemplateValue>>
        {
            // One of four known words; some templates build a control token out of it.
            new("role", Roles.Contains(turn.Role) ? TemplateValue.FromTrusted(turn.Role) : TemplateValue.FromCaller(turn.Role)),
            new("content", ContentOf(turn, traits)),
        };
        if (turn.Name is { } name) message.Add(new("name", TemplateValue.FromCaller(name)));
        if (turn.ToolCallId is { } id) message.Add(new("tool_call_id", TemplateValue.FromCaller(CallIds.For(id, traits))));
        if (turn.ToolCalls is { } calls) message.Add(new("tool_calls", TemplateValue.FromList(calls.Select(call => Call(call, traits)))));
        if (turn.ReasoningContent is { } reasoning) message.Add(new("reasoning_content", TemplateValue.FromCaller(reasoning)));
        return TemplateValue.FromDict(message);
    }

    private static TemplateValue ContentOf(ChatTurn turn, TemplateTraits traits) =>
        turn.Content is { } content ? TemplateValue.FromCaller(content)
        : traits.EmptyContentBesideCalls ? TemplateValue.FromCaller("")
        : TemplateValue.None;

    private static TemplateValue Call(ToolCall call, TemplateTraits traits) => TemplateValue.FromDict(
    [
        new("id", TemplateValue.FromCaller(CallIds.For(call.Id, traits))),
        new("type", TemplateValue.FromCaller("function")),
        new("function", TemplateValue.FromDict(
        [
            new("name", TemplateValue.FromCaller(call.Name)),
            new("arguments", traits.ArgumentsAsObject ? ObjectOf(call.Arguments) : TemplateValue.FromCaller(call.Arguments)),
        ])),
    ]);

    /// <summary>Arguments that are no JSON object stay text.</summary>
    private static TemplateValue ObjectOf(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return TemplateValue.FromJson(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair.
        }

        return TemplateValue.FromCaller(arguments);
    }
}
