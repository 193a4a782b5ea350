using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Embeddings;

public sealed class EmbeddingTests : IAsyncLifetime
{
    private readonly ScriptedEmbedder embedder = new();
    private EdgeServer server = null!;

    public async Task InitializeAsync()
    {
        server = await EdgeServer.StartAsync(time: new FakeTimeProvider());
        server.Models.Register(new ScriptedTextEngine("vectors"), embedder, ["text-embedding-3-small"]);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("\"Once\"", "text:Once")]
    [InlineData("[\"A\",\"B\"]", "text:A|text:B")]
    [InlineData("[1,2,3]", "tokens:1,2,3")]
    [InlineData("[[1,2],[3.0]]", "tokens:1,2|tokens:3")]
    public async Task Input_takes_all_four_forms(string input, string expected)
    {
        using var response = await EmbedAsync($"\"input\":{input}");

        response.EnsureSuccessStatusCode();
        string.Join('|', embedder.Requests.Single().Inputs.Select(Describe)).ShouldBe(expected);
    }

    [Fact]
    public async Task Vectors_come_as_numbers_in_the_order_of_the_inputs()
    {
        using var response = await EmbedAsync("\"input\":[\"a\",\"b\"],\"dimensions\":2,\"user\":\"u\"", "text-embedding-3-small");

        (await response.Content.ReadAsStringAsync()).ShouldBe(
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-1]},{\"object\":\"embedding\",\"index\":1,\"embedding\":[1.5,-1]}],"
            + "\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":6,\"total_tokens\":6},"
            + "\"pg_metadata\":{\"region\":\"local\",\"latency_ms\":0,\"queue_time_ms\":0,\"inference_time_ms\":0}}");
        response.Headers.GetValues("x-polargrid-model").ShouldBe(["vectors"]);
    }

    [Fact]
    public async Task Base64_holds_little_endian_numbers_of_32_bits()
    {
        using var response = await EmbedAsync("\"input\":\"a\",\"encoding_format\":\"base64\"");

        var text = (await response.JsonAsync()).GetProperty("data")[0].GetProperty("embedding").GetString()!;
        Convert.FromBase64String(text).ShouldBe([0, 0, 0, 0x3F, 0, 0, 0x80, 0xBF]);
    }

    [Theory]
    [InlineData("\"x\":1", "input", "missing_required_parameter")]
    [InlineData("\"input\":\"\"", "input", "invalid_value")]
    [InlineData("\"input\":[\"a\",\"\"]", "input[1]", "invalid_value")]
    [InlineData("\"input\":[]", "input", "empty_array")]
    [InlineData("\"input\":{}", "input", "invalid_type")]
    [InlineData("\"input\":[\"a\",1]", "input[1]", "invalid_type")]
    [InlineData("\"input\":[1,\"a\"]", "input[1]", "invalid_type")]
    [InlineData("\"input\":[[1],[]]", "input[1]", "empty_array")]
    [InlineData("\"input\":\"a\",\"encoding_format\":\"int8\"", "encoding_format", "invalid_value")]
    [InlineData("\"input\":\"a\",\"dimensions\":0", "dimensions", "integer_below_min_value")]
    [InlineData("\"input\":\"a\",\"dimensions\":1", "dimensions", "unsupported_value")]
    [InlineData("\"input\":\"a\",\"user\":1", "user", "invalid_type")]
    public async Task Bad_field_is_refused_by_name(string fields, string param, string code)
    {
        using var response = await EmbedAsync(fields);

        await response.ShouldBeRefusedAsync(param, code);
        embedder.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_inputs_and_tokens_are_refused_with_the_numbers()
    {
        using var inputs = await EmbedAsync($"\"input\":[{string.Join(',', Enumerable.Repeat("\"a\"", 2049))}]");
        using var tokens = await EmbedAsync($"\"input\":[[{string.Join(',', Enumerable.Repeat("1", 200_000))}],[{string.Join(',', Enumerable.Repeat("1", 100_001))}]]");

        (await inputs.ErrorAsync()).GetProperty("code").GetString().ShouldBe("array_above_max_length");
        (await tokens.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("300001");
        embedder.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Texts_are_bound_by_the_same_number_of_tokens()
    {
        using var response = await EmbedAsync("\"input\":[\"a\",\"b\"]");

        embedder.Requests.Single().MaxTokens.ShouldBe(300_000);
    }

    [Fact]
    public async Task A_failure_names_the_input_that_it_is_about()
    {
        embedder.Script = _ => EmbeddingOutcome.Failed(new(EngineStage.Prepare, EngineErrorCode.ContextLengthExceeded, "Too long."), 1);
        using var many = await EmbedAsync("\"input\":[\"a\",\"b\"]");
        embedder.Script = _ => EmbeddingOutcome.Failed(new(EngineStage.Queue, EngineErrorCode.QueueFull, "Full.") { RetryAfterSeconds = 3 });
        using var full = await EmbedAsync("\"input\":\"a\"");

        (await many.ErrorAsync()).GetProperty("param").GetString().ShouldBe("input[1]");
        full.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        full.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_models_card_tells_what_its_vectors_are()
    {
        using var card = await server.Client.GetAsync("/v1/models/vectors");
        using var other = await server.Client.GetAsync("/v1/models/test-model");

        (await card.JsonAsync()).GetProperty("embedding").GetRawText().ShouldBe("{\"dimensions\":2,\"max_input_tokens\":100,\"pooling\":\"mean\"}");
        (await other.JsonAsync()).TryGetProperty("embedding", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_model_without_vectors_says_so()
    {
        using var response = await EmbedAsync("\"input\":\"a\"", "test-model");
        using var unknown = await EmbedAsync("\"input\":\"a\"", "nobody");

        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe("unsupported_value");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<HttpResponseMessage> EmbedAsync(string fields, string model = "vectors") =>
        server.PostAsync("/v1/embeddings", $"{{\"model\":\"{model}\",{fields}}}");

    private static string Describe(Prompt prompt) => prompt is TextPrompt text ? "text:" + text.Text : "tokens:" + string.Join(',', ((TokenPrompt)prompt).Tokens);
}
