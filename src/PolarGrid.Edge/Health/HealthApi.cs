using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Health;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Models;
using PolarGrid.Edge.OpenApi;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Health;

/// <summary><c>GET /health</c>: open to anyone, hence the documented fields and nothing more (decision W8).</summary>
internal sealed class HealthApi(IModelDirectory models, ISpeechDirectory speech, EdgeOptions options, TimeProvider time)
{
    private static readonly HealthFeatures Features = new() { DynamicLoading = false, HuggingFaceSupport = false };
    private static readonly BackendInfo Backend = new()
    {
        Name = "polargrid", Version = ProductVersion.Text, Extensions = ["continuous_batching", "prefix_cache"],
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health", (RequestDelegate)ReportAsync)
        .WithMetadata(new OpenToAnyone(), EndpointDescriptions.Health);

    private Task ReportAsync(HttpContext context)
    {
        var report = Report();
        if (report.Status == "unhealthy") context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return JsonBody.WriteAsync(context, report, WireJson.Wire.HealthReport);
    }

    /// <summary>
    /// healthy: every model works; degraded: some do, or none is loaded; unhealthy: none of those loaded works. Speech models have no state
    /// of their own: an instance that fails is made anew for the next request.
    /// </summary>
    private HealthReport Report()
    {
        var loaded = models.Models;
        var working = loaded.Count(model => model.IsHealthy);
        var isEmpty = loaded.Count + speech.Synthesizers.Count + speech.Transcribers.Count == 0;
        return new HealthReport
        {
            Status = isEmpty ? "degraded" : working == loaded.Count ? "healthy" : working > 0 ? "degraded" : "unhealthy",
            Node = options.NodeName,
            Runtime = "dotnet",
            Timestamp = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            Features = Features,
            Backend = new BackendStatus { Healthy = working == loaded.Count, Info = Backend },
        };
    }
}
