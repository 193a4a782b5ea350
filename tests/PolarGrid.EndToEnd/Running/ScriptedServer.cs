using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Models;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Running;

/// <summary>The real web server over scripted engines, with a data folder of its own.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TemporaryFolder home;
    private readonly WebApplication app;

    private ScriptedServer(WebApplication app, TemporaryFolder home)
    {
        this.app = app;
        this.home = home;
    }

    public Uri Url => new(app.Urls.First());

    /// <param name="key">An admin key that it takes.</param>
    /// <param name="engines">The models it serves.</param>
    /// <param name="configure">Changes its settings.</param>
    /// <param name="time">Its clock; null: the real one.</param>
    /// <param name="first">Comes before the whole pipeline.</param>
    public static async Task<ScriptedServer> StartAsync(
        string key,
        IEnumerable<ScriptedTextEngine> engines,
        Action<EdgeOptions>? configure = null,
        TimeProvider? time = null,
        Action<WebApplication>? first = null)
    {
        var home = new TemporaryFolder();
        var options = new EdgeOptions { DataFolder = Path.Combine(home.Path, "data") };
        configure?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddPolarGridEdge(options);
        var app = builder.Build();
        first?.Invoke(app);
        app.MapPolarGridEdge();
        var models = app.Services.GetRequiredService<IModelDirectory>();
        foreach (var engine in engines) models.Register(engine);
        app.Services.GetRequiredService<IKeyDirectory>().EnsureBootstrapKey(key);
        await app.StartAsync();
        return new ScriptedServer(app, home);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        home.Dispose();
    }
}
