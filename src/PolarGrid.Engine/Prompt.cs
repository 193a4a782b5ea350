using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolarGrid.Engine;

/// <summary>What the model is asked to continue.</summary>
[JsonDerivedType(typeof(ChatPrompt), "chat")]
[JsonDerivedType(typeof(TextPrompt), "text")]
[JsonDerivedType(typeof(TokenPrompt), "tokens")]
[JsonDerivedType(typeof(InfillPrompt), "infill")]
public abstract record Prompt;

/// <summary>A conversation, rendered by the model's own chat template.</summary>
public sealed record ChatPrompt : Prompt
{
    /// <summary>At least one message.</summary>
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>The <c>tools</c> array as the caller sent it, for templates that list tools; null when there are none.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>
    /// Whether to end a thinking block that the template opens at the prompt's end: how thinking is switched off where the template
    /// has no switch.
    /// </summary>
    public bool ClosesThinking { get; init; }

    /// <summary>Further template variables, for example <c>enable_thinking</c>. Names come from an allow-list, never from a caller.</summary>
    public IReadOnlyDictionary<string, JsonElement>? TemplateVariables { get; init; }
}

/// <summary>Plain text. Nothing in it becomes a control token.</summary>
public sealed record TextPrompt(string Text) : Prompt;

/// <summary>Token ids of the served model; ids outside its vocabulary are refused.</summary>
public sealed record TokenPrompt(IReadOnlyList<int> Tokens) : Prompt;

/// <summary>Text around a gap that the model fills. Nothing in it becomes a control token.</summary>
/// <param name="Text">Before the gap.</param>
/// <param name="Suffix">After it.</param>
public sealed record InfillPrompt(string Text, string Suffix) : Prompt;

/// <summary>One message of a conversation as a chat template reads it.</summary>
public sealed record ChatTurn
{
    /// <summary>system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>Null only beside tool calls.</summary>
    public string? Content { get; init; }

    public string? Name { get; init; }

    /// <summary>The call that a tool message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The calls that an assistant message made; null when there are none.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>The thinking that came before an assistant message, for templates that replay it.</summary>
    public string? ReasoningContent { get; init; }
}

/// <summary>A call that a model made.</summary>
/// <param name="Id">What the answering message refers to.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON text; not necessarily valid.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
