using System.Text.Json;
using PolarGrid.Edge.Chat.Tools;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Chat;

/// <summary>Reads a conversation (wire format section 4): texts, calls of tools and their results.</summary>
internal sealed class MessagesReader
{
    private const int LongestName = 256, LongestId = 256;

    private readonly FieldReader reader;
    private readonly ContentReader contents;
    private readonly Dictionary<string, string> calledNames = new(StringComparer.Ordinal);

    /// <summary>The deprecated call of the message before, which a <c>function</c> message answers.</summary>
    private ToolCall? functionCall;

    private MessagesReader(FieldReader reader)
    {
        this.reader = reader;
        contents = new ContentReader(reader);
    }

    public static void Read(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        if (!reader.Array(path, value, 1, reader.Limits.MaxMessages)) return;
        var messages = new MessagesReader(reader);
        foreach (var message in value.EnumerateArray())
        {
            var messagePath = $"{path}[{draft.Messages.Count}]";
            if (!reader.Object(messagePath, message) || messages.ReadMessage(messagePath, message, draft.Messages.Count) is not { } turn) return;
            draft.Messages.Add(turn);
        }
    }

    private ChatTurn? ReadMessage(string path, JsonElement message, int index)
    {
        var fields = default(Fields);
        foreach (var property in message.EnumerateObject())
        {
            var value = property.Value;
            if (property.NameEquals("role"u8)) fields.Role = value;
            else if (value.ValueKind == JsonValueKind.Null) continue;
            else if (property.NameEquals("content"u8)) fields.Content = value;
            else if (property.NameEquals("name"u8)) reader.Text(path + ".name", value, LongestName, out fields.Name);
            else if (property.NameEquals("refusal"u8)) reader.Text(path + ".refusal", value, Parameters.AnyLength, out fields.Refusal);
            else if (property.NameEquals("reasoning_content"u8)) ReadReasoning(path + ".reasoning_content", value, ref fields);
            else if (property.NameEquals("reasoning"u8)) ReadReasoning(path + ".reasoning", value, ref fields);
            else if (property.NameEquals("tool_calls"u8)) fields.Calls = CallsReader.Read(reader, path + ".tool_calls", value);
            else if (property.NameEquals("function_call"u8)) fields.FunctionCall = ReadFunctionCall(path, value, index);
            else if (property.NameEquals("tool_call_id"u8)) reader.Text(path + ".tool_call_id", value, LongestId, out fields.CallId);
            else if (property.NameEquals("audio"u8)) Refuse(path + ".audio", "no speech model is attached to chat.");
            else reader.Unknown(FieldReader.Join(path, property.Name));
        }

        if (reader.Error is not null || ReadRole(path + ".role", fields.Role) is not { } role) return null;
        var turn = role switch
        {
            "assistant" => ReadAssistant(path, fields),
            "tool" => ReadResult(path, fields),
            "function" => ReadFunctionResult(path, fields),
            _ => ReadOther(path, role, fields),
        };
        functionCall = role == "assistant" ? fields.FunctionCall?[0] : null;
        return reader.Error is null ? turn : null;
    }

    private string? ReadRole(string path, JsonElement role)
    {
        if (role.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            Missing(path);
            return null;
        }

        return reader.Choice(path, role, ["system", "developer", "user", "assistant", "tool", "function"], out var name) ? name : null;
    }

    private ChatTurn? ReadAssistant(string path, in Fields fields)
    {
        if (fields.Calls is not null && fields.FunctionCall is not null) Contradiction(path + ".function_call", "stands beside 'tool_calls'; give one of them.");
        NoCallId(path, fields);
        var calls = fields.Calls ?? fields.FunctionCall;
        var text = contents.Read(path + ".content", fields.Content, fromAssistant: true) ?? fields.Refusal;
        if (text is null && calls is null) Missing(path + ".content");
        foreach (var call in calls ?? []) calledNames[call.Id] = call.Name;

        // Templates tell a message of calls by its having no text.
        if (calls is not null && text?.Length == 0) text = null;
        return new ChatTurn { Role = "assistant", Content = text, Name = fields.Name, ReasoningContent = fields.Reasoning, ToolCalls = calls };
    }

    private ChatTurn? ReadResult(string path, in Fields fields)
    {
        NoneOfAssistants(path, fields);
        if (fields.CallId is null) Missing(path + ".tool_call_id");
        var text = contents.Read(path + ".content", fields.Content, fromAssistant: false);
        if (text is null) Missing(path + ".content");
        if (fields.CallId is null) return null;
        return new ChatTurn
        {
            Role = "tool", Content = text, ToolCallId = fields.CallId, Name = fields.Name ?? calledNames.GetValueOrDefault(fields.CallId),
        };
    }

    private ChatTurn? ReadFunctionResult(string path, in Fields fields)
    {
        NoneOfAssistants(path, fields);
        NoCallId(path, fields);
        if (fields.Name is null)
        {
            Missing(path + ".name");
        }
        else if (functionCall is null)
        {
            Contradiction(path + ".role", "is 'function', which must follow an assistant message with 'function_call'.");
        }
        else if (functionCall.Name != fields.Name)
        {
            Contradiction(path + ".name", $"is '{FieldReader.Quote(fields.Name)}', but the call before it is of '{functionCall.Name}'.");
        }

        var text = contents.Read(path + ".content", fields.Content, fromAssistant: false) ?? "";
        return functionCall is null ? null : new ChatTurn { Role = "tool", Content = text, ToolCallId = functionCall.Id, Name = fields.Name };
    }

    private ChatTurn? ReadOther(string path, string role, in Fields fields)
    {
        NoneOfAssistants(path, fields);
        NoCallId(path, fields);
        var text = contents.Read(path + ".content", fields.Content, fromAssistant: false);
        if (text is null) Missing(path + ".content");
        return new ChatTurn { Role = role == "developer" ? "system" : role, Content = text, Name = fields.Name };
    }

    private IReadOnlyList<ToolCall>? ReadFunctionCall(string path, JsonElement value, int index) =>
        CallsReader.ReadFunctionCall(reader, path + ".function_call", value, $"{ConversationRules.FunctionCallId}{index}");

    private void ReadReasoning(string path, JsonElement value, ref Fields fields)
    {
        reader.Text(path, value, Parameters.AnyLength, out var text);
        (fields.Reasoning, fields.ReasoningPath) = (text, path);
    }

    private void NoneOfAssistants(string path, in Fields fields)
    {
        var found = fields.Calls is not null ? path + ".tool_calls"
            : fields.FunctionCall is not null ? path + ".function_call"
            : fields.Refusal is not null ? path + ".refusal"
            : fields.ReasoningPath;
        if (found is not null) Contradiction(found, "may only stand in an assistant's message.");
    }

    private void NoCallId(string path, in Fields fields)
    {
        if (fields.CallId is not null) Contradiction(path + ".tool_call_id", "may only stand in a tool's message.");
    }

    private void Missing(string path) => reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");

    private void Contradiction(string path, string what) => reader.Fail(ErrorTable.Inconsistent, path, $"'{path}' {what}");

    private void Refuse(string path, string why) => reader.Fail(ErrorTable.UnsupportedParameter, path, $"'{path}' is not supported: {why}");

    /// <summary>A message's members as they were found.</summary>
    private struct Fields
    {
        public JsonElement Role;
        public JsonElement Content;
        public string? Name;
        public string? Refusal;
        public string? Reasoning;
        public string? ReasoningPath;
        public string? CallId;
        public IReadOnlyList<ToolCall>? Calls;
        public IReadOnlyList<ToolCall>? FunctionCall;
    }
}
