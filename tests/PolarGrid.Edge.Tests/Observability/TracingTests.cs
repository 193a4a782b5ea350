using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Observability;

[Collection(RunsAlone.Name)]
public sealed class TracingTests
{
    [Fact]
    public async Task Span_of_a_request_reaches_the_collector_without_prompt_and_key()
    {
        var received = new TaskCompletionSource<byte[]>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (context.Request.Path == "/v1/traces" && body.ToArray().AsSpan().IndexOf("test-model"u8) >= 0) received.TrySetResult(body.ToArray());
        });
        await collector.StartAsync();

        var server = await EdgeServer.StartAsync(configuration: ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()));
        using (var response = await server.PostAsync(
            "/v1/chat/completions", "{\"model\":\"test-model\",\"messages\":[{\"role\":\"user\",\"content\":\"MARKER-c0ffee\"}]}"))
        {
            response.EnsureSuccessStatusCode();
        }

        var key = server.Key;
        await server.App.StopAsync();
        await server.DisposeAsync();
        var sent = Encoding.UTF8.GetString(await received.Task.WaitAsync(Until.Patience));
        sent.ShouldContain("polargrid-edge");
        sent.ShouldContain("gen_ai.request.model");
        sent.ShouldContain("test-model");
        sent.ShouldContain("polargrid.time_to_first_token_ms");
        sent.ShouldNotContain("MARKER-c0ffee");
        sent.ShouldNotContain(key);
    }
}
