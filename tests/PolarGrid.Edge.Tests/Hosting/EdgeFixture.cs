namespace PolarGrid.Edge.Tests.Hosting;

/// <summary>One server for all tests of a class that only look.</summary>
public sealed class EdgeFixture : IAsyncLifetime
{
    internal EdgeServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await EdgeServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
