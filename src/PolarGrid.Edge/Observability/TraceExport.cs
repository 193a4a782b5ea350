using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PolarGrid.Edge.Observability;

/// <summary>
/// Sends spans to the collector at <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; without it does nothing. Over HTTP unless
/// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> is <c>grpc</c>; the library reads further standard variables itself.
/// </summary>
internal sealed class TraceExport(IConfiguration configuration, ILogger<TraceExport> logger) : IHostedService, IDisposable
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT", ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const int FlushMilliseconds = 5000;
    private TracerProvider? provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[EndpointVariable] is not { Length: > 0 } endpoint) return Task.CompletedTask;

        provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("polargrid-edge", serviceVersion: ProductVersion.Text))
            .AddSource(EdgeTracing.SourceName, "Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Aim(exporter, new Uri(endpoint)))
            .Build();
        EdgeLog.Tracing(logger, endpoint);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        provider?.ForceFlush(FlushMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose() => provider?.Dispose();

    private void Aim(OtlpExporterOptions exporter, Uri endpoint)
    {
        var grpc = configuration[ProtocolVariable] == "grpc";
        exporter.Protocol = grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = grpc ? endpoint : new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/v1/traces");
    }
}
