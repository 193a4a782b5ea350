using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Chat;
using PolarGrid.Edge.Completions;
using PolarGrid.Edge.Embeddings;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Health;
using PolarGrid.Edge.Hosting;
using PolarGrid.Edge.Limits;
using PolarGrid.Edge.Models;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Requests;
using PolarGrid.Edge.Speech;
using PolarGrid.Edge.Transcription;

namespace PolarGrid.Edge;

/// <summary>Registers the edge.</summary>
public static class EdgeServices
{
    /// <param name="services">The host's.</param>
    /// <param name="options">Not to be changed afterwards.</param>
    /// <exception cref="OptionsValidationException">A setting is out of range; it names every one that is.</exception>
    public static IServiceCollection AddPolarGridEdge(this IServiceCollection services, EdgeOptions options)
    {
        EdgeOptionsCheck.ThrowIfInvalid(options);
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.TryAddSingleton(TimeProvider.System);
        services.AddRoutingCore();
        services.AddMetrics();

        services.TryAddSingleton<IModelDirectory, ModelDirectory>();
        services.TryAddSingleton<ISpeechDirectory, SpeechDirectory>();
        services.TryAddSingleton<IKeyDirectory>(provider =>
            SqliteKeyDirectory.Open(options.DataFolder, provider.GetRequiredService<TimeProvider>()));

        services.TryAddSingleton<IUsageSink, UsageLedger>();
        services.AddSingleton<RequestWindows>();
        services.AddSingleton<ModelErrors>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<GenerationFlow>();
        services.AddSingleton<ChatApi>();
        services.AddSingleton<CompletionsApi>();
        services.AddSingleton<EmbeddingsApi>();
        services.AddSingleton<SpeechPlanner>();
        services.AddSingleton<SpeechApi>();
        services.AddSingleton<VoicesApi>();
        services.AddSingleton<ModelsApi>();
        services.AddSingleton<UsageApi>();
        services.AddSingleton<HealthApi>();
        services.AddTranscription();
        services.AddSingleton<OpenApiApi>();

        services.AddSingleton<EdgeMetrics>();
        services.AddSingleton<AudioMetrics>();
        services.AddSingleton<PrometheusExporter>();
        services.AddSingleton<MetricsApi>();
        services.AddHostedService<TraceExport>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(new KestrelLimits(options.Limits));
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>, KestrelSockets>();
        services.AddSingleton<IMemoryPoolFactory<byte>, ConnectionMemory.Factory>();
        return services;
    }
}
