using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.OpenApi;

namespace PolarGrid.Edge.Observability;

/// <summary><c>GET /metrics</c> in Prometheus' text format, behind a key.</summary>
internal sealed class MetricsApi(PrometheusExporter exporter)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (RequestDelegate)ScrapeAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), EndpointDescriptions.Metrics);

    private Task ScrapeAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(exporter.Render(), context.RequestAborted);
    }
}
