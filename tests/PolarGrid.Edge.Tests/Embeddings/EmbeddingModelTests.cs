using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Embeddings;

/// <summary>A model that turns texts into vectors and writes none, beside one that writes.</summary>
public sealed class EmbeddingModelTests : IAsyncLifetime
{
    private readonly ScriptedEmbedder embedder = new();
    private EdgeServer server = null!;

    public async Task InitializeAsync()
    {
        server = await EdgeServer.StartAsync(time: new FakeTimeProvider());
        var description = new ScriptedTextEngine("bert").Model with { Architecture = "bert", ContextTokens = 100, KvTokens = 0, MaxChoices = 0, HasChatTemplate = false };
        server.Models.Register(description, embedder, ["text-embedding-3-small"]);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("bert")]
    [InlineData("text-embedding-3-small")]
    public async Task It_embeds_under_all_its_names(string name)
    {
        using var response = await server.PostAsync("/v1/embeddings", $"{{\"model\":\"{name}\",\"input\":[\"a\",\"b\"]}}");

        response.EnsureSuccessStatusCode();
        (await response.JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(2);
        response.Headers.GetValues("x-polargrid-model").ShouldBe(["bert"]);
    }

    [Theory]
    [InlineData("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]")]
    [InlineData("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true")]
    [InlineData("/v1/completions", "\"prompt\":\"x\"")]
    public async Task Asked_to_write_it_names_a_model_that_can(string path, string fields)
    {
        using var response = await server.PostAsync(path, $"{{\"model\":\"bert\",{fields}}}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await response.ErrorAsync();
        error.GetProperty("param").GetString().ShouldBe("model");
        error.GetProperty("code").GetString().ShouldBe("unsupported_value");
        error.GetProperty("message").GetString().ShouldBe(
            "The model 'bert' turns text into embeddings and writes none: ask it at POST /v1/embeddings. Models that write text here: test-model.");
    }

    [Fact]
    public async Task A_model_without_vectors_names_those_that_have_them()
    {
        using var without = await server.PostAsync("/v1/embeddings", "{\"model\":\"test-model\",\"input\":\"a\"}");
        using var unknown = await server.PostAsync("/v1/embeddings", "{\"model\":\"nobody\",\"input\":\"a\"}");

        (await without.ErrorAsync()).GetProperty("message").GetString().ShouldBe("The model 'test-model' gives no embeddings. Models with embeddings here: bert.");
        (await unknown.ErrorAsync()).GetProperty("message").GetString().ShouldBe("The model 'nobody' is not loaded here. Models with embeddings: bert.");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Its_card_says_what_it_does()
    {
        using var response = await server.Client.GetAsync("/v1/models/bert");

        var card = await response.JsonAsync();
        card.GetProperty("task").GetString().ShouldBe("text-embedding");
        card.GetProperty("pg_model_type").GetString().ShouldBe("embedding");
        card.GetProperty("context_length").GetInt32().ShouldBe(100);
        card.GetProperty("embedding").GetProperty("pooling").GetString().ShouldBe("mean");
        card.GetProperty("aliases")[0].GetString().ShouldBe("text-embedding-3-small");
    }

    [Fact]
    public async Task Health_and_metrics_know_whether_it_works()
    {
        var (well, before) = (await StatusAsync(), await server.Client.GetStringAsync("/metrics"));
        embedder.IsHealthy = false;
        var (broken, after) = (await StatusAsync(), await server.Client.GetStringAsync("/metrics"));
        server.Models.Unregister("test-model");
        var alone = await StatusAsync();

        (well, broken, alone).ShouldBe(("healthy", "degraded", "unhealthy"));
        before.ShouldContain("polargrid_model_healthy{model=\"bert\"} 1");
        after.ShouldContain("polargrid_model_healthy{model=\"bert\"} 0");
        before.ShouldContain("polargrid_model_running{model=\"test-model\"}");
        before.ShouldNotContain("polargrid_model_running{model=\"bert\"}");
    }

    private async Task<string?> StatusAsync()
    {
        using var response = await server.Client.GetAsync("/health");
        return (await response.JsonAsync()).GetProperty("status").GetString();
    }
}
