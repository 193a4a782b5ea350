using System.Net;
using System.Text;

namespace PolarGrid.Cli.Tests.Calls;

/// <summary>Answers every request with the same bytes, and keeps the last request.</summary>
internal sealed class ScriptedServer(string body, HttpStatusCode status = HttpStatusCode.OK, int? retryAfter = null) : HttpMessageHandler
{
    public string? Path { get; private set; }

    public string? Sent { get; private set; }

    public static HttpClient Client(string body, HttpStatusCode status = HttpStatusCode.OK, int? retryAfter = null) => new ScriptedServer(body, status, retryAfter).Client();

    public HttpClient Client() => new(this) { BaseAddress = new Uri("http://server.test/") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Path = request.RequestUri!.PathAndQuery;
        Sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8) };
        if (retryAfter is { } seconds) response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        return response;
    }
}
