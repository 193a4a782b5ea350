using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Chat;

/// <summary>A call that the model made.</summary>
public sealed record ChatToolCall
{
    /// <summary>Opaque; the message with the result names it.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("type")]
    public string Type { get; init; } = "function";

    [JsonPropertyName("function")]
    public required FunctionCall Function { get; init; }
}

/// <summary>Which function, with which arguments.</summary>
public sealed record FunctionCall
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>JSON text.</summary>
    [JsonPropertyName("arguments")]
    public required string Arguments { get; init; }
}

/// <summary>A piece of a streamed call (wire format 7.3).</summary>
public sealed record ChatToolCallDelta
{
    /// <summary>Which call of the choice, from 0.</summary>
    [JsonPropertyName("index")]
    public required int Index { get; init; }

    /// <summary>Set in a call's first piece only, like <see cref="Type"/> and the name.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("function")]
    public FunctionCallDelta? Function { get; init; }
}

/// <summary>A piece of a function's name or arguments; pieces are joined.</summary>
public sealed record FunctionCallDelta
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("arguments")]
    public string? Arguments { get; init; }
}
