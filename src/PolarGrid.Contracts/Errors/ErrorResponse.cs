using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Errors;

/// <summary>
/// The one error body of <c>/v1</c>: OpenAI's <c>error</c> object, PolarGrid's <c>detail</c> and, under the grid profile,
/// <c>errors.detail</c>, so that every known client finds the text where it looks (decision W1).
/// </summary>
public sealed record ErrorResponse
{
    [JsonPropertyName("error")]
    public required ErrorBody Error { get; init; }

    /// <summary>The same text as <see cref="ErrorBody.Message"/>.</summary>
    [JsonPropertyName("detail")]
    public string? Detail { get; init; }

    /// <summary>Set under the grid profile only.</summary>
    [JsonPropertyName("errors")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NestedDetail? Errors { get; init; }

    /// <summary>The value of the <c>x-request-id</c> header; missing in the error event of a broken stream.</summary>
    [JsonPropertyName("request_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }
}

/// <summary>OpenAI's error object; all four keys are always written.</summary>
public sealed record ErrorBody
{
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The field at fault, for example <c>messages[2].content</c>; null when no single field is.</summary>
    [JsonPropertyName("param")]
    public string? Param { get; init; }

    [JsonPropertyName("code")]
    public string? Code { get; init; }
}

/// <summary>The form in which The Grid reports errors.</summary>
public sealed record NestedDetail
{
    [JsonPropertyName("detail")]
    public required string Detail { get; init; }
}
