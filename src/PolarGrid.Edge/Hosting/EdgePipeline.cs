using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Chat;
using PolarGrid.Edge.Completions;
using PolarGrid.Edge.Embeddings;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Health;
using PolarGrid.Edge.Limits;
using PolarGrid.Edge.Models;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Speech;
using PolarGrid.Edge.Transcription;
using PolarGrid.Edge.Transcription.Live;

namespace PolarGrid.Edge;

/// <summary>The way of a request, in order.</summary>
public static class EdgePipeline
{
    /// <summary>Puts the edge's middleware and endpoints into the application. Opens the database: a mistake stops the start.</summary>
    public static WebApplication MapPolarGridEdge(this WebApplication app)
    {
        var services = app.Services;
        services.GetRequiredService<IKeyDirectory>();
        services.GetRequiredService<IUsageSink>();
        services.GetRequiredService<PrometheusExporter>();

        app.UseMiddleware<RequestTracking>();
        app.UseMiddleware<ErrorShape>();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        app.UseRouting();
        app.UseMiddleware<KeyGuard>();
        app.UseMiddleware<RateGuard>();

        services.GetRequiredService<ChatApi>().Map(app);
        services.GetRequiredService<CompletionsApi>().Map(app);
        services.GetRequiredService<EmbeddingsApi>().Map(app);
        services.GetRequiredService<SpeechApi>().Map(app);
        services.GetRequiredService<VoicesApi>().Map(app);
        services.GetRequiredService<TranscriptionApi>().Map(app);
        services.GetRequiredService<LiveApi>().Map(app);
        services.GetRequiredService<ModelsApi>().Map(app);
        services.GetRequiredService<UsageApi>().Map(app);
        services.GetRequiredService<HealthApi>().Map(app);
        services.GetRequiredService<MetricsApi>().Map(app);
        services.GetRequiredService<OpenApiApi>().Map(app);
        return app;
    }
}
