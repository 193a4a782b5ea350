using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolarGrid.Edge.Auth;

namespace PolarGrid.Edge.OpenApi;

/// <summary><c>GET /openapi.json</c> and <c>GET /docs</c>, both behind a key, which a browser asks for.</summary>
internal sealed class OpenApiApi
{
    private static readonly byte[] Page = ReadPage();

    private readonly Lock gate = new();
    private byte[]? document;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi.json", (RequestDelegate)(context => ShowAsync(context, routes.DataSources)))
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new OpenToBrowsers(), EndpointDescriptions.Document);
        routes.MapGet("/docs", (RequestDelegate)BrowseAsync)
            .WithMetadata(new RequiredPermission(KeyPermission.ReadOnly), new OpenToBrowsers(), EndpointDescriptions.Page);
    }

    private Task ShowAsync(HttpContext context, ICollection<EndpointDataSource> sources)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(Document(sources), context.RequestAborted).AsTask();
    }

    private static Task BrowseAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return context.Response.Body.WriteAsync(Page, context.RequestAborted).AsTask();
    }

    /// <summary>Made once, at the first request: by then all endpoints are mapped.</summary>
    private byte[] Document(ICollection<EndpointDataSource> sources)
    {
        lock (gate)
        {
            if (document is not null) return document;
            using var buffer = new MemoryStream();
            using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            ApiDocument.Build(sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()).WriteTo(writer);
            writer.Flush();
            return document = buffer.ToArray();
        }
    }

    private static byte[] ReadPage()
    {
        using var stream = typeof(OpenApiApi).Assembly.GetManifestResourceStream("PolarGrid.Edge.OpenApi.docs.html")
            ?? throw new InvalidOperationException("The page is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
