using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Running;

/// <summary>One server that many tests talk to. Not started when there is no model; its tests are skipped then.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder home = new();
    private ServerProcess? server;
    private CheckingProxy? proxy;

    public const string Key = "pg_end-to-end-tests-0123456789";

    internal ServerProcess Server => server ?? throw new InvalidOperationException(TestModel.Missing);

    /// <summary>
    /// The server behind a <see cref="CheckingProxy"/>, for clients whose answers are not seen otherwise: what passes must fit OpenAI's
    /// published schemas.
    /// </summary>
    internal Uri CheckedUrl => proxy?.Url ?? throw new InvalidOperationException(TestModel.Missing);

    internal string Home => home.Path;

    /// <summary>Calls the server with the fixture's key.</summary>
    internal Api Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (TestModel.Missing is not null) return;
        server = await ServerProcess.StartAsync(Home, Key, TestModel.Arguments);
        proxy = await CheckingProxy.StartAsync(server.Url);
        Api = new Api(server.Url, Key);
    }

    public async Task DisposeAsync()
    {
        Api?.Dispose();
        if (proxy is not null) await proxy.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        home.Dispose();
    }
}

/// <summary>Classes that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "one server";
}
