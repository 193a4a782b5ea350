using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using PolarGrid.Testing.OpenApi;
using Shouldly;

namespace PolarGrid.Edge.Tests.Golden;

/// <summary>Our answers against OpenAI's own schemas.</summary>
public sealed class OpenApiTests
{
    private const string Document = "spec/openai-openapi.yaml";

    [SharedFact(Document)]
    public async Task Every_answer_and_chunk_fits_the_published_schema()
    {
        var schema = OpenApiSchema.Load(SharedFiles.Get(Document));
        await using var server = await EdgeServer.StartAsync();

        await ShouldFitAsync(schema, "CreateChatCompletionResponse", server.ChatAsync("\"n\":2,\"service_tier\":\"auto\",\"metadata\":{\"a\":\"b\"}"));
        await ShouldFitAsync(schema, "CreateChatCompletionStreamResponse", server.ChatAsync("\"n\":2,\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        await ShouldFitAsync(schema, "CreateCompletionResponse", server.PostAsync("/v1/completions", "{\"model\":\"test-model\",\"prompt\":[\"a\",\"b\"]}"));
        await ShouldFitAsync(schema, "ListModelsResponse", server.Client.GetAsync("/v1/models"));
        await ShouldFitAsync(schema, "Model", server.Client.GetAsync("/v1/models/test-model"));
        await ShouldFitAsync(schema, "ErrorResponse", server.ChatAsync("\"temperature\":9"));
        await ShouldFitAsync(schema, "ErrorResponse", server.Client.GetAsync("/v1/nothing"));
    }

    [SharedFact(Document)]
    public void Checker_finds_what_is_wrong()
    {
        var schema = OpenApiSchema.Load(SharedFiles.Get(Document));
        var bad = JsonDocument.Parse("{\"id\":1,\"object\":\"other\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"logprobs\":null,\"message\":{}}]}");

        var mistakes = string.Join('\n', schema.Mistakes("CreateChatCompletionResponse", bad.RootElement));
        mistakes.ShouldContain("id: Number is not string");
        mistakes.ShouldContain("object: other is not in the enum");
        mistakes.ShouldContain("finish_reason is missing");
        mistakes.ShouldContain("refusal is missing");
    }

    private static async Task ShouldFitAsync(OpenApiSchema schema, string name, Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        var streamed = response.Content.Headers.ContentType!.MediaType == "text/event-stream";
        foreach (var part in streamed ? Http.Events(text).SkipLast(1) : [text])
        {
            using var json = JsonDocument.Parse(part);
            schema.Mistakes(name, json.RootElement).ShouldBeEmpty(part);
        }
    }
}
