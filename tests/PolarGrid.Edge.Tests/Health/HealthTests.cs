using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Health;

public sealed class HealthTests : IAsyncLifetime
{
    private static readonly EngineStatus Broken = new(false, 0, 0, 0, 0, 0);
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task All_models_work_healthy() => await ShouldBeAsync("healthy", HttpStatusCode.OK);

    [Fact]
    public async Task Only_model_stopped_unhealthy()
    {
        server.Engine.Status = Broken;

        await ShouldBeAsync("unhealthy", HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task One_of_two_stopped_degraded()
    {
        server.Models.Register(new ScriptedTextEngine("second") { Status = Broken });

        await ShouldBeAsync("degraded", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_loaded_degraded()
    {
        server.Models.Unregister("test-model");

        await ShouldBeAsync("degraded", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_server_that_only_speaks_is_healthy()
    {
        await using var speaking = await Speech.SpeechServer.StartAsync();
        speaking.Edge.Models.Unregister("test-model");

        using var response = await speaking.Edge.Client.GetAsync("/health");

        (await response.JsonAsync()).GetProperty("status").GetString().ShouldBe("healthy");
    }

    private async Task ShouldBeAsync(string status, HttpStatusCode code)
    {
        using var stranger = server.NewClient(null);
        using var response = await stranger.GetAsync("/health");
        response.StatusCode.ShouldBe(code);
        (await response.JsonAsync()).GetProperty("status").GetString().ShouldBe(status);
    }
}
