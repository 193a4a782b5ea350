using System.Text.Json.Serialization.Metadata;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.OpenApi;

/// <summary>Endpoint metadata: what <c>/openapi.json</c> says of an endpoint. Every endpoint has it; a test looks.</summary>
internal sealed record EndpointDescription
{
    /// <summary>Unique, as OpenAPI's <c>operationId</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>The fields of the request's JSON body; null for requests without one.</summary>
    public Func<IReadOnlyList<ParameterDescription>>? Fields { get; init; }

    /// <summary>The body of a good answer; null where it is no JSON.</summary>
    public AnswerDescription? Answer { get; init; }

    /// <summary>The data of each event of a streamed answer; null where nothing is streamed.</summary>
    public AnswerDescription? Event { get; init; }

    /// <summary>The media type of an answer that is no JSON.</summary>
    public string? MediaType { get; init; }
}

/// <summary>A JSON shape.</summary>
/// <param name="Name">In the document's components.</param>
/// <param name="Types">One or, where a setting chooses, more.</param>
internal sealed record AnswerDescription(string Name, params IReadOnlyList<JsonTypeInfo> Types);
