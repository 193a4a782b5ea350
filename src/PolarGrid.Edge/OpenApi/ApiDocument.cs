using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Limits;

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
                // OpenAPI has no such operation; it is how HTTP/2 opens what GET opens.
                if (method == HttpMethods.Connect) continue;
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
            .Select(parameter => Parameter(parameter.Name, "path", null))
            .Concat(description.Query.Select(item => Parameter(item.Name, "query", item.Meaning)))
            .Concat((description.QueryFields?.Invoke() ?? []).Select(FieldSchema.OfQuery))
            .ToArray<JsonNode>();
        if (parameters.Length > 0) operation["parameters"] = new JsonArray(parameters);
        if (endpoint.Metadata.GetMetadata<OpenToAnyone>() is not null) operation["security"] = new JsonArray();
        if (endpoint.Metadata.GetMetadata<OpenToBrowsers>() is not null) operation["security"] = new JsonArray(Needs("key"), Needs("browser"));
        if (description.Fields is { } fields)
        {
            var name = char.ToUpperInvariant(description.Id[0]) + description.Id[1..] + "Request";
            schemas[name] = FieldSchema.OfBody(fields());
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(description.IsForm ? "multipart/form-data" : "application/json", name) };
        }

        operation["responses"] = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = "The answer.", ["content"] = GoodContent(description, schemas) },
            ["default"] = new JsonObject { ["description"] = "What went wrong.", ["content"] = Content("application/json", "ErrorResponse") },
        };
        if (endpoint.Metadata.GetMetadata<Metered>() is not null) operation["responses"]!["429"] = TooMany();
        if (description.Later is { } later)
        {
            AddSchema(schemas, later);
            operation["responses"]!["202"] = new JsonObject { ["description"] = "Taken in; ask later.", ["content"] = Content("application/json", later.Name) };
        }

        return operation;
    }

    private static JsonObject TooMany() => new()
    {
        ["description"] = "The key has a limit on requests per minute and has reached it. Any answer to such a key has the three x-ratelimit headers.",
        ["headers"] = new JsonObject
        {
            ["Retry-After"] = Header("integer", "Whole seconds until the next minute begins, 1 to 60."),
            [RateGuard.LimitHeader] = Header("integer", "Requests of a minute."),
            [RateGuard.RemainingHeader] = Header("integer", "Requests of this minute that are left."),
            [RateGuard.ResetHeader] = Header("string", "Until all are there again, for example 12.5s."),
        },
        ["content"] = Content("application/json", "ErrorResponse"),
    };

    private static JsonObject Header(string type, string meaning) =>
        new() { ["description"] = meaning, ["schema"] = new JsonObject { ["type"] = type } };

    private static JsonObject Parameter(string name, string place, string? meaning)
    {
        var parameter = new JsonObject
        {
            ["name"] = name, ["in"] = place, ["required"] = place == "path", ["schema"] = new JsonObject { ["type"] = "string" },
        };
        if (meaning is not null) parameter["description"] = meaning;
        return parameter;
    }

    private static JsonObject GoodContent(EndpointDescription description, JsonObject schemas)
    {
        var content = new JsonObject();
        foreach (var type in description.MediaTypes) content[type] = type.StartsWith("audio/", StringComparison.Ordinal) ? Binary() : new JsonObject();
        if (description.Answer is { } answer)
        {
            AddSchema(schemas, answer);
            content["application/json"] = new JsonObject { ["schema"] = Reference(answer.Name) };
        }

        if (description.Event is not { } chunk) return content;
        AddSchema(schemas, chunk);
        var end = description.EndsWithDone ? "the last one 'data: [DONE]'" : "an error event in place of the last one where it breaks";
        content["text/event-stream"] = new JsonObject
        {
            ["schema"] = new JsonObject { ["type"] = "string", ["description"] = $"Events 'data: {{JSON}}', {end}." },
            ["x-polargrid-event"] = Reference(chunk.Name),
        };
        return content;
    }

    private static JsonObject Binary() => new() { ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "binary" } };

    private static JsonObject Content(string mediaType, string schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = Reference(schema) } };

    private static JsonObject Needs(string scheme) => new() { [scheme] = new JsonArray() };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = Schemas + schema };

    private static void AddSchema(JsonObject schemas, AnswerDescription answer)
    {
        if (!schemas.ContainsKey(answer.Name)) schemas[answer.Name] = RecordSchema.Of(answer.Types, Schemas + answer.Name);
    }
}
