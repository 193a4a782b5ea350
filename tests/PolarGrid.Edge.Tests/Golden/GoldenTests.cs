using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;

namespace PolarGrid.Edge.Tests.Golden;

public sealed class GoldenTests : IAsyncLifetime
{
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync(time: new FakeTimeProvider());

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("chat.json", "\"n\":2")]
    [InlineData("chat-echoes.json", "\"service_tier\":\"priority\",\"metadata\":{\"order\":\"7\"}")]
    [InlineData("chat-stream.txt", "\"stream\":true")]
    [InlineData("chat-stream-usage.txt", "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"service_tier\":\"auto\"")]
    [InlineData("error.json", "\"temperature\":9")]
    public async Task Chat(string file, string field)
    {
        using var response = await server.ChatAsync(field);

        GoldenFile.ShouldMatch(file, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Error_under_the_grid_profile()
    {
        using var response = await server.ChatAsync("\"temperature\":9", "grid");

        GoldenFile.ShouldMatch("error-grid.json", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Broken_stream()
    {
        server.Engine.Script = _ => [new ScriptStep.Start(), new ScriptStep.Say("Hel"), .. Steps.Fail(EngineErrorCode.DecodeFailed)];

        using var response = await server.ChatAsync("\"stream\":true");

        GoldenFile.ShouldMatch("chat-stream-broken.txt", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("completion.json", "")]
    [InlineData("completion-stream.txt", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    public async Task Completion(string file, string field)
    {
        using var response = await server.PostAsync("/v1/completions", $"{{\"model\":\"test-model\",\"prompt\":\"Once\"{field}}}");

        GoldenFile.ShouldMatch(file, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("models.json", "/v1/models")]
    [InlineData("model.json", "/v1/models/an-alias")]
    [InlineData("health.json", "/health")]
    public async Task Read(string file, string path) =>
        GoldenFile.ShouldMatch(file, await server.Client.GetStringAsync(path));
}
