using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PolarGrid.Edge.Observability;

/// <summary>Sends spans to the collector that the standard variables name; without <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> it does nothing.</summary>
internal sealed class TraceExport(IConfiguration configuration, ILogger<TraceExport> logger) : IHostedService, IDisposable
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private TracerProvider? provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[EndpointVariable] is not { Length: > 0 } endpoint) return Task.CompletedTask;

        provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("polargrid-edge", serviceVersion: ProductVersion.Text))
            .AddSource(EdgeTracing.SourceName, "Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build();
        EdgeLog.Tracing(logger, endpoint);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        provider?.ForceFlush(2000);
        return Task.CompletedTask;
    }

    public void Dispose() => provider?.Dispose();
}
