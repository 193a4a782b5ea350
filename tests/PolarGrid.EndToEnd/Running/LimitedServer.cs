using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Models;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Running;

/// <summary>
/// The real web server over a scripted engine, which lets a key send one request in a minute. Its clock stands half a second before a full
/// minute, so a refusal says <c>Retry-After: 1</c>; with each refusal the clock goes on by a minute, and the next request is let in again.
/// So every second request is refused, and nobody waits longer than a client does by itself.
/// </summary>
internal sealed class LimitedServer : IAsyncDisposable
{
    private readonly TemporaryFolder home;
    private readonly WebApplication app;

    private LimitedServer(WebApplication app, TemporaryFolder home)
    {
        this.app = app;
        this.home = home;
    }

    public Uri Url => new(app.Urls.First());

    public static async Task<LimitedServer> StartAsync(string key)
    {
        var home = new TemporaryFolder();
        var time = new FakeTimeProvider();
        time.Advance(TimeSpan.FromSeconds(59.5) - TimeSpan.FromTicks(time.GetUtcNow().Ticks % TimeSpan.TicksPerMinute));
        var options = new EdgeOptions { DataFolder = Path.Combine(home.Path, "data") };
        options.Limits.RequestsPerMinute = 1;

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddPolarGridEdge(options);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            // Registered first, so it runs last: after the headers that tell of the old minute, before the first byte of the refusal.
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode == StatusCodes.Status429TooManyRequests) time.Advance(TimeSpan.FromMinutes(1));
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.MapPolarGridEdge();
        app.Services.GetRequiredService<IModelDirectory>().Register(new ScriptedTextEngine("limited") { Script = request => Steps.Answer(request, "At last.") });
        app.Services.GetRequiredService<IKeyDirectory>().EnsureBootstrapKey(key);
        await app.StartAsync();
        return new LimitedServer(app, home);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        home.Dispose();
    }
}
