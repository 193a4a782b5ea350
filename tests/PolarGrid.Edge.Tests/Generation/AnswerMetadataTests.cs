using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Generation;

public sealed class AnswerMetadataTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync(options => options.Region = "yto-01", time);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task An_answer_says_where_and_how_long()
    {
        var goOn = new TaskCompletionSource();
        server.Engine.Script = request =>
            [new ScriptStep.Start(QueueTime: TimeSpan.FromMilliseconds(40)), new ScriptStep.Wait(goOn.Task), .. Steps.Answer(request, "Hi").Skip(1)];

        var sending = server.ChatAsync();
        await Until.TrueAsync(() => server.Engine.Calls.Count == 1);
        time.Advance(TimeSpan.FromMilliseconds(90.25));
        goOn.SetResult();
        using var response = await sending;

        (await response.JsonAsync()).GetProperty("pg_metadata").GetRawText().ShouldBe(
            "{\"region\":\"yto-01\",\"latency_ms\":90.25,\"queue_time_ms\":40,\"inference_time_ms\":50.25}");
        response.Headers.GetValues("openai-processing-ms").ShouldBe(["90"]);
        response.Headers.GetValues("x-polargrid-model").ShouldBe(["test-model"]);
        response.Headers.GetValues("x-request-id").Single().ShouldStartWith("req_");
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"n\":3")]
    [InlineData(",\"stream_options\":{\"include_usage\":true}")]
    [InlineData(",\"n\":2,\"stream_options\":{\"include_usage\":true}")]
    public async Task A_stream_says_it_on_its_last_chunk_and_on_no_other(string more)
    {
        foreach (var (path, prompt) in new[] { ("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"), ("/v1/completions", "\"prompt\":[\"a\",\"b\"]") })
        {
            using var response = await server.PostAsync(path, $"{{\"model\":\"test-model\",{prompt},\"stream\":true{more}}}");
            var chunks = (await response.EventsAsync()).SkipLast(1).Select(text => JsonDocument.Parse(text).RootElement).ToList();

            chunks.SkipLast(1).Count(chunk => chunk.TryGetProperty("pg_metadata", out _)).ShouldBe(0);
            chunks[^1].GetProperty("pg_metadata").EnumerateObject().Select(member => member.Name).ShouldBe(
                ["region", "latency_ms", "queue_time_ms", "inference_time_ms", "inference_ttft_ms", "inference_total_ms"]);

            // Many programs read choices[0] of every chunk unless they asked for the counts.
            var usage = more.Contains("include_usage", StringComparison.Ordinal);
            chunks.Count(chunk => chunk.GetProperty("choices").GetArrayLength() == 0).ShouldBe(usage ? 1 : 0);
        }
    }
}
