using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Models;
using PolarGrid.Engine;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Running;

/// <summary>
/// The real web server over scripted engines whose queue is full: the model <c>busy</c> refuses two requests, answers one, and so on;
/// <c>always-busy</c> refuses all. Both say when to come back.
/// </summary>
internal sealed class BusyServer : IAsyncDisposable
{
    private const int Refusals = 2;

    private readonly TemporaryFolder home;
    private readonly WebApplication app;

    private BusyServer(WebApplication app, TemporaryFolder home)
    {
        this.app = app;
        this.home = home;
    }

    public Uri Url => new(app.Urls.First());

    public static async Task<BusyServer> StartAsync(string key)
    {
        var home = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPolarGridEdge(new EdgeOptions { DataFolder = Path.Combine(home.Path, "data") });
        var app = builder.Build();
        app.MapPolarGridEdge();
        var models = app.Services.GetRequiredService<IModelDirectory>();
        var asked = 0;
        models.Register(new ScriptedTextEngine("busy")
        {
            Script = request => Interlocked.Increment(ref asked) % (Refusals + 1) == 0 ? Steps.Answer(request, "At last.") : Refuse(),
        });
        models.Register(new ScriptedTextEngine("always-busy") { Script = _ => Refuse() });
        app.Services.GetRequiredService<IKeyDirectory>().EnsureBootstrapKey(key);
        await app.StartAsync();
        return new BusyServer(app, home);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        home.Dispose();
    }

    private static ScriptStep[] Refuse() => Steps.Fail(EngineErrorCode.QueueFull, "Full.", retryAfterSeconds: 1);
}
