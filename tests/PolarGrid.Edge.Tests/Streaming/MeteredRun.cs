using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Models;
using PolarGrid.Edge.Observability;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Tests.Streaming;

/// <summary>A run with real metrics and a listening exporter, without a server.</summary>
internal static class MeteredRun
{
    public static ServiceProvider AddMetricsForTest(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<IModelDirectory, ModelDirectory>()
        .AddSingleton<EdgeMetrics>()
        .AddSingleton<PrometheusExporter>()
        .BuildServiceProvider();

    public static (GenerationRun Run, GenerationStream Stream) NewRun(this IServiceProvider services)
    {
        services.GetRequiredService<PrometheusExporter>();
        var state = new RequestState { RequestId = "req_1", Started = TimeProvider.System.GetTimestamp(), Profile = ApiProfile.PolarGrid, Model = "m" };
        var stream = new GenerationStream();
        return (new GenerationRun([stream], 1, "messages", state, services.GetRequiredService<EdgeMetrics>(), TimeProvider.System, state.Started), stream);
    }
}
