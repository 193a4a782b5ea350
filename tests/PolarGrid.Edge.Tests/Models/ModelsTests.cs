using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Models;

public sealed class ModelsTests : IAsyncLifetime
{
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("vendor/model-1")]
    [InlineData("vendor%2Fmodel-1")]
    public async Task Id_may_contain_slashes(string id)
    {
        server.Models.Register(new ScriptedTextEngine("vendor/model-1"));

        using var response = await server.Client.GetAsync("/v1/models/" + id);

        (await response.JsonAsync()).GetProperty("id").GetString().ShouldBe("vendor/model-1");
    }

    [Fact]
    public async Task Unregistered_model_is_gone_with_its_aliases()
    {
        server.Models.Unregister("test-model").ShouldBeTrue();

        server.Models.TryFind("an-alias", out _).ShouldBeFalse();
        using var response = await server.ChatAsync();
        (await response.ErrorAsync()).GetProperty("message").GetString()!.ShouldEndWith("Loaded: none.");
    }

    [Theory]
    [InlineData("test-model")]
    [InlineData("an-alias")]
    [InlineData(" ")]
    public void Name_that_is_taken_or_empty_is_refused(string name)
    {
        Should.Throw<ArgumentException>(() => server.Models.Register(new ScriptedTextEngine(name)));
        Should.Throw<ArgumentException>(() => server.Models.Register(new ScriptedTextEngine("new"), name));
        server.Models.Models.Count.ShouldBe(1);
    }
}
