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

    /// <summary>Whether those fields come as a multipart form, and in the query string, instead of JSON.</summary>
    public bool IsForm { get; init; }

    /// <summary>Fields that come in the query string alone; null where there are none.</summary>
    public Func<IReadOnlyList<ParameterDescription>>? QueryFields { get; init; }

    /// <summary>What 202 answers; null where nothing is put off.</summary>
    public AnswerDescription? Later { get; init; }

    /// <summary>The body of a good answer; null where it is no JSON.</summary>
    public AnswerDescription? Answer { get; init; }

    /// <summary>The data of each event of a streamed answer; null where nothing is streamed.</summary>
    public AnswerDescription? Event { get; init; }

    /// <summary>Whether <c>[DONE]</c> ends a streamed answer.</summary>
    public bool EndsWithDone { get; init; } = true;

    /// <summary>The media types of an answer that is no JSON, or none.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = [];

    /// <summary>What may stand behind the path's question mark.</summary>
    public IReadOnlyList<QueryDescription> Query { get; init; } = [];
}

/// <summary>A text in the query.</summary>
/// <param name="Name">As callers write it.</param>
/// <param name="Meaning">One sentence.</param>
internal sealed record QueryDescription(string Name, string Meaning);

/// <summary>A JSON shape.</summary>
/// <param name="Name">In the document's components.</param>
/// <param name="Types">One or, where a setting chooses, more.</param>
internal sealed record AnswerDescription(string Name, params IReadOnlyList<JsonTypeInfo> Types);
