using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Edge.Auth;

namespace PolarGrid.Edge.OpenApi;

/// <summary>OpenAPI 3.1 of the endpoints that are mapped, made of their own parameter tables and wire records.</summary>
internal static class ApiDocument
{
    private const string Schemas = "#/components/schemas/";

    public static JsonObject Build(IEnumerable<RouteEndpoint> endpoints)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        AddSchema(schemas, new AnswerDescription("ErrorResponse", WireJson.Wire.ErrorResponse));
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<EndpointDescription>() is not { } description) continue;
            var path = PathOf(endpoint);
            var item = paths[path] as JsonObject ?? [];
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                item[method.ToLowerInvariant()] = Operation(endpoint, path, description, schemas);
            }

            paths[path] = item;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "PolarGrid",
                ["version"] = ProductVersion.Text,
                ["description"] = "OpenAI-compatible inference. Each field of a request says what happens to it: honoured, accepted or refused.",
            },
            ["security"] = new JsonArray(Needs("key")),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A pg_ key." },
                    ["browser"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic", ["description"] = "Any name, and the key as password." },
                },
            },
        };
    }

    /// <summary>As OpenAPI writes it: without <c>**</c>, which lets a model's id have slashes.</summary>
    public static string PathOf(RouteEndpoint endpoint) => (endpoint.RoutePattern.RawText ?? "").Replace("{**", "{", StringComparison.Ordinal);

    private static JsonObject Operation(RouteEndpoint endpoint, string path, EndpointDescription description, JsonObject schemas)
    {
        var operation = new JsonObject { ["operationId"] = description.Id, ["summary"] = description.Summary };
        var parameters = endpoint.RoutePattern.Parameters
            .Select(parameter => (JsonNode)new JsonObject
            {
                ["name"] = parameter.Name, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
            })
            .ToArray();
        if (parameters.Length > 0) operation["parameters"] = new JsonArray(parameters);
        if (endpoint.Metadata.GetMetadata<OpenToAnyone>() is not null) operation["security"] = new JsonArray();
        if (endpoint.Metadata.GetMetadata<OpenToBrowsers>() is not null) operation["security"] = new JsonArray(Needs("key"), Needs("browser"));
        if (description.Fields is { } fields)
        {
            var name = char.ToUpperInvariant(description.Id[0]) + description.Id[1..] + "Request";
            schemas[name] = FieldSchema.OfBody(fields());
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", name) };
        }

        operation["responses"] = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = "The answer.", ["content"] = GoodContent(description, schemas) },
            ["default"] = new JsonObject { ["description"] = "What went wrong.", ["content"] = Content("application/json", "ErrorResponse") },
        };
        return operation;
    }

    private static JsonObject GoodContent(EndpointDescription description, JsonObject schemas)
    {
        if (description.Answer is not { } answer) return new JsonObject { [description.MediaType!] = new JsonObject() };
        AddSchema(schemas, answer);
        var content = Content("application/json", answer.Name);
        if (description.Event is not { } chunk) return content;
        AddSchema(schemas, chunk);
        content["text/event-stream"] = new JsonObject
        {
            ["schema"] = new JsonObject { ["type"] = "string", ["description"] = "Events 'data: {JSON}', the last one 'data: [DONE]'." },
            ["x-polargrid-event"] = Reference(chunk.Name),
        };
        return content;
    }

    private static JsonObject Content(string mediaType, string schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = Reference(schema) } };

    private static JsonObject Needs(string scheme) => new() { [scheme] = new JsonArray() };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = Schemas + schema };

    private static void AddSchema(JsonObject schemas, AnswerDescription answer)
    {
        if (!schemas.ContainsKey(answer.Name)) schemas[answer.Name] = RecordSchema.Of(answer.Types, Schemas + answer.Name);
    }
}
