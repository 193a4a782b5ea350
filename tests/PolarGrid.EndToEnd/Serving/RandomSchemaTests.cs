using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing.Schemas;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>
/// Whatever a real model writes under a schema, drawn by the real sampler at temperature 1, parses and satisfies it.
/// POLARGRID_SCHEMAS=1000 asks for that many.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class RandomSchemaTests(ServerFixture fixture, ITestOutputHelper output)
{
    private const int Samples = 5, AnswerTokens = 300, Callers = 4;

    [ModelFact]
    public async Task Sampled_answers_satisfy_random_schemas()
    {
        var schemas = int.Parse(Environment.GetEnvironmentVariable("POLARGRID_SCHEMAS") ?? "24", CultureInfo.InvariantCulture);
        int refused = 0, unfinished = 0, valid = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, schemas), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (seed, _) =>
        {
            var text = RandomSchema.Make(seed);
            using var schema = JsonDocument.Parse(text);
            var (status, answer) = await fixture.Api.PostAsync("/v1/chat/completions", Request(text, seed));
            if (status == HttpStatusCode.BadRequest)
            {
                ((string?)answer["error"]!["code"]).ShouldBe("invalid_json_schema", answer.ToJsonString());
                Interlocked.Increment(ref refused);
                return;
            }

            status.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
            var oracle = new SchemaOracle(schema.RootElement);
            foreach (var choice in answer["choices"]!.AsArray())
            {
                if ((string?)choice!["finish_reason"] != "stop")
                {
                    Interlocked.Increment(ref unfinished);
                    continue;
                }

                var content = (string)choice["message"]!["content"]!;
                using var value = Should.NotThrow(() => JsonDocument.Parse(content), $"seed {seed}: {content}\n{text}");
                oracle.Fault(value.RootElement).ShouldBeNull($"seed {seed}: {content}\n{text}");
                Interlocked.Increment(ref valid);
            }
        });

        output.WriteLine($"{schemas} schemas, {refused} refused; {valid} answers valid, {unfinished} cut at {AnswerTokens} tokens, 0 invalid");
        refused.ShouldBeLessThanOrEqualTo(schemas / 10);
        valid.ShouldBeGreaterThan((schemas - refused) * Samples / 2);
    }

    private static JsonObject Request(string schema, int seed)
    {
        var request = Api.Chat(TestModel.Name, ("user", "Give me a JSON object with a name and an age."));
        request["temperature"] = 1;
        request["seed"] = seed;
        request["n"] = Samples;
        request["max_tokens"] = AnswerTokens;
        request["response_format"] = new JsonObject
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject { ["name"] = "answer", ["strict"] = true, ["schema"] = JsonNode.Parse(schema) },
        };
        return request;
    }
}
