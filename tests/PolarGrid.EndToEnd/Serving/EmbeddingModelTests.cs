using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Embeddings;
using PolarGrid.EndToEnd.Callers;
using PolarGrid.EndToEnd.Running;
using PolarGrid.ModelMaker.Encoders;
using PolarGrid.ModelMaker.Weights;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>A server with nothing but a BERT-like model of random weights, under other people's clients.</summary>
public sealed class EmbeddingModelTests(EmbeddingModelTests.Fixture fixture) : IClassFixture<EmbeddingModelTests.Fixture>
{
    private const string Model = "little-bert";

    [Fact]
    public void The_start_says_what_it_serves_and_how_to_ask_it()
    {
        fixture.Server.Output.ShouldContain("little-bert: bert 0.3M F16, embeddings only: 64 dimensions, pooling mean, at most 128 tokens an input");
        fixture.Server.Output.ShouldContain("/v1/embeddings -H");
        fixture.Server.Output.ShouldContain("{\"model\":\"little-bert\",\"input\":\"What is the capital of France?\"}");
    }

    [Fact]
    public async Task OpenAI_for_NET_gets_vectors()
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(fixture.CheckedUrl, "v1"), RetryPolicy = new ClientRetryPolicy(0) };
        var client = new EmbeddingClient(Model, new ApiKeyCredential(ServerFixture.Key), options);
        OpenAIEmbeddingCollection found = await client.GenerateEmbeddingsAsync(["a dog", "a dog", "the sea"]);
        OpenAIEmbedding one = await client.GenerateEmbeddingAsync("a dog", new EmbeddingGenerationOptions { Dimensions = 64 });
        var refused = await Should.ThrowAsync<ClientResultException>(async () => await client.GenerateEmbeddingsAsync(["x", string.Concat(Enumerable.Repeat("water ", 200))]));

        found.Count.ShouldBe(3);
        found[0].ToFloats().Length.ShouldBe(64);
        Dot(found[0], found[1]).ShouldBe(1, 1e-4);
        Dot(found[0], one).ShouldBe(1, 1e-4);
        Dot(found[0], found[2]).ShouldBeLessThan(0.999);
        found.Usage.InputTokenCount.ShouldBe(12);
        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("The input has 202 tokens; this model embeds at most 128.");
    }

    /// <summary>Without encoding_format that client asks for base64 and decodes it.</summary>
    [NodeFact]
    public async Task OpenAI_for_JavaScript_gets_vectors()
    {
        var seen = JsonNode.Parse(await NodeClient.RunCodeAsync(
            $$"""
            import OpenAI from "openai";
            const client = new OpenAI({ baseURL: "{{fixture.CheckedUrl}}v1", apiKey: "{{ServerFixture.Key}}", maxRetries: 0 });
            const decoded = await client.embeddings.create({ model: "{{Model}}", input: ["a dog", "the sea", "caf\u00e9 \u65e5\u672c"] });
            const numbers = await client.embeddings.create({ model: "{{Model}}", input: "a dog", encoding_format: "float" });
            const tokens = await client.embeddings.create({ model: "{{Model}}", input: [[101, 300, 102]] });
            const dot = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);
            let refused;
            try { await client.chat.completions.create({ model: "{{Model}}", messages: [{ role: "user", content: "x" }] }); }
            catch (error) { refused = { name: error.constructor.name, status: error.status, code: error.code, message: error.message }; }
            const listed = (await client.models.list()).data[0];
            console.log(JSON.stringify({
              lengths: decoded.data.map((item) => Math.hypot(...item.embedding)), same: dot(decoded.data[0].embedding, numbers.data[0].embedding),
              other: dot(decoded.data[0].embedding, decoded.data[1].embedding), used: tokens.usage.prompt_tokens, refused, task: listed.task,
            }));
            """))!;

        seen["lengths"]!.AsArray().Select(length => (double)length!).ShouldAllBe(length => Math.Abs(length - 1) < 1e-5);
        ((double)seen["same"]!).ShouldBe(1, 1e-4);
        ((double)seen["other"]!).ShouldBeLessThan(0.999);
        ((int)seen["used"]!).ShouldBe(3);
        ((string?)seen["task"]).ShouldBe("text-embedding");
        ((string?)seen["refused"]!["name"]).ShouldBe("BadRequestError");
        ((string?)seen["refused"]!["code"]).ShouldBe("unsupported_value");
        ((string?)seen["refused"]!["message"]).ShouldNotBeNull().ShouldContain("ask it at POST /v1/embeddings. Models that write text here: none.");
    }

    [Fact]
    public async Task Many_callers_at_once_get_the_vectors_that_each_gets_alone()
    {
        using var api = new Api(fixture.Server.Url, ServerFixture.Key);
        var texts = Enumerable.Range(0, 48).Select(number => $"caller {number} " + string.Concat(Enumerable.Repeat("and more ", number % 30))).ToArray();

        var together = await Task.WhenAll(texts.Chunk(6).Select(chunk => VectorsAsync(api, chunk)));

        var all = together.SelectMany(vectors => vectors).ToArray();
        for (var at = 0; at < texts.Length; at += 5)
        {
            var alone = (await VectorsAsync(api, [texts[at]]))[0];
            alone.Zip(all[at]).Sum(pair => pair.First * pair.Second).ShouldBe(1, 1e-4, texts[at]);
        }
    }

    private static async Task<double[][]> VectorsAsync(Api api, string[] texts)
    {
        var (status, body) = await api.PostAsync(
            "/v1/embeddings", new JsonObject { ["model"] = Model, ["input"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]) });
        status.ShouldBe(HttpStatusCode.OK);
        return [.. body["data"]!.AsArray().Select(item => item!["embedding"]!.AsArray().Select(value => (double)value!).ToArray())];
    }

    private static double Dot(OpenAIEmbedding one, OpenAIEmbedding other)
    {
        var (left, right) = (one.ToFloats().ToArray(), other.ToFloats().ToArray());
        return left.Zip(right).Sum(pair => (double)pair.First * pair.Second);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TemporaryFolder home = new();

        internal ServerProcess Server { get; private set; } = null!;

        internal Uri CheckedUrl => proxy!.Url;

        private CheckingProxy? proxy;

        public async Task InitializeAsync()
        {
            var path = Path.Combine(home.Path, "little-bert.gguf");
            EncoderFile.Write(path, EncoderShape.TryFind("bert-tiny")!, TensorType.F16, seed: 3);
            Server = await ServerProcess.StartAsync(home.Path, ServerFixture.Key, "--model", $"{Model}={path}", "--no-speech");
            proxy = await CheckingProxy.StartAsync(Server.Url);
        }

        public async Task DisposeAsync()
        {
            if (proxy is not null) await proxy.DisposeAsync();
            if (Server is not null) await Server.DisposeAsync();
            home.Dispose();
        }
    }
}
