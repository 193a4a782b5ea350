using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolarGrid.Testing;
using PolarGrid.Testing.OpenApi;
using Shouldly;

namespace PolarGrid.EndToEnd.Running;

/// <summary>That what stands between the clients and the server finds mistakes, and lets everything else through as it is.</summary>
public sealed class CheckingProxyTests
{
    [SharedFact(PublishedShapes.Document)]
    public async Task A_body_that_does_not_fit_becomes_an_error()
    {
        await using var wrong = await ServeAsync("application/json", "{\"id\":1}");
        await using var proxy = await CheckingProxy.StartAsync(new Uri(wrong.Urls.First()));
        using var client = new HttpClient();

        using var response = await client.GetAsync(new Uri(proxy.Url, "/v1/chat/completions"));

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).ShouldContain("choices is missing");
        proxy.Mistakes.ShouldHaveSingleItem();
    }

    [SharedFact(PublishedShapes.Document)]
    public async Task A_chunk_that_does_not_fit_breaks_the_stream()
    {
        await using var wrong = await ServeAsync("text/event-stream", ": fine\n\ndata: {\"id\":1}\n\ndata: [DONE]\n\n");
        await using var proxy = await CheckingProxy.StartAsync(new Uri(wrong.Urls.First()));
        using var client = new HttpClient();

        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync(new Uri(proxy.Url, "/v1/chat/completions")));

        proxy.Mistakes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Status_headers_body_and_query_pass_as_they_are()
    {
        await using var server = await ServeAsync("text/plain", "as it is");
        await using var proxy = await CheckingProxy.StartAsync(new Uri(server.Urls.First()));
        using var client = new HttpClient();
        using var content = new StringContent("sent");

        using var response = await client.PostAsync(new Uri(proxy.Url, "/other?x=1"), content);

        response.StatusCode.ShouldBe((HttpStatusCode)418);
        response.Headers.GetValues("x-asked").ShouldBe(["POST /other?x=1 sent"]);
        (await response.Content.ReadAsStringAsync()).ShouldBe("as it is");
        proxy.Mistakes.ShouldBeEmpty();
    }

    private static async Task<WebApplication> ServeAsync(string mediaType, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            context.Response.Headers["x-asked"] = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await reader.ReadToEndAsync()}";
            context.Response.StatusCode = context.Request.Path == "/other" ? 418 : 200;
            context.Response.ContentType = mediaType;
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return app;
    }
}
