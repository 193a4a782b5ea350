using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using PolarGrid.Testing.OpenApi;

namespace PolarGrid.EndToEnd.Running;

/// <summary>
/// Stands between other people's clients and a server, and holds every answer that passes, streamed chunks included, against OpenAI's
/// published schemas. An answer that does not fit becomes an error that no client takes for success: 500 with the mistakes, or a
/// broken stream.
/// </summary>
internal sealed class CheckingProxy : IAsyncDisposable
{
    private static readonly HashSet<string> NotPassedOn =
        new(StringComparer.OrdinalIgnoreCase) { "Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Content-Length" };

    private readonly WebApplication app;
    private readonly HttpClient http;
    private readonly ConcurrentQueue<string> mistakes = new();

    private CheckingProxy(WebApplication app, Uri server)
    {
        this.app = app;
        http = new HttpClient(new AnswerCheckingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }))
        {
            BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Uri Url => new(app.Urls.First());

    /// <summary>What did not fit so far.</summary>
    public IReadOnlyCollection<string> Mistakes => mistakes;

    /// <param name="server">Without a path.</param>
    public static async Task<CheckingProxy> StartAsync(Uri server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var proxy = new CheckingProxy(app, server);
        app.Run(proxy.PassOnAsync);
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        try
        {
            using var request = RequestOf(context.Request);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            {
                if (!NotPassedOn.Contains(name)) context.Response.Headers[name] = values.ToArray();
            }

            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream") await StreamAsync(response, context);
            else await context.Response.Body.WriteAsync(await response.Content.ReadAsByteArrayAsync(context.RequestAborted), context.RequestAborted);
        }
        catch (AnswerShapeException mistake)
        {
            mistakes.Enqueue($"{context.Request.Path}: {mistake.Message}");
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
            await context.Response.WriteAsync(mistake.Message);
        }
        catch (Exception gone) when (gone is OperationCanceledException or HttpRequestException or IOException)
        {
            // Whoever left, the other side must notice.
            context.Abort();
        }
    }

    private static async Task StreamAsync(HttpResponseMessage response, HttpContext context)
    {
        await using var events = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[8192];
        while (await events.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static HttpRequestMessage RequestOf(HttpRequest from)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), from.GetEncodedPathAndQuery());
        if (from.ContentLength > 0 || from.Headers.TransferEncoding.Count > 0) request.Content = new StreamContent(from.Body);
        foreach (var (name, values) in from.Headers)
        {
            if (NotPassedOn.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray())) request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        if (request.Content is not null) request.Content.Headers.ContentLength = from.ContentLength;
        return request;
    }
}
