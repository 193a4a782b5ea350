using System.Net;
using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Streaming;

public sealed class ChatStreamTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync(time: time);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Usage_chunk_comes_last_and_every_other_chunk_says_null()
    {
        using var response = await server.ChatAsync("\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        var chunks = (await response.EventsAsync())[..^1].Select(text => JsonDocument.Parse(text).RootElement).ToList();
        chunks[..^1].ShouldAllBe(chunk => chunk.GetProperty("usage").ValueKind == JsonValueKind.Null && chunk.GetProperty("choices").GetArrayLength() == 1);
        chunks[^1].GetProperty("choices").GetArrayLength().ShouldBe(0);
        chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBe(4);
        chunks.Select(chunk => $"{chunk.GetProperty("id")} {chunk.GetProperty("created")} {chunk.GetProperty("model")} {chunk.GetProperty("system_fingerprint")}")
            .Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Without_include_usage_no_chunk_has_the_key()
    {
        using var response = await server.ChatAsync("\"stream\":true");

        (await response.Content.ReadAsStringAsync()).ShouldNotContain("usage");
    }

    [Fact]
    public async Task Choices_have_their_own_role_text_and_end()
    {
        using var response = await server.ChatAsync("\"stream\":true,\"n\":3");

        var choices = (await response.EventsAsync())[..^1].Select(text => JsonDocument.Parse(text).RootElement.GetProperty("choices")[0]).ToList();
        foreach (var own in choices.GroupBy(choice => choice.GetProperty("index").GetInt32()))
        {
            own.First().GetProperty("delta").GetProperty("role").GetString().ShouldBe("assistant");
            string.Concat(own.Skip(1).SkipLast(1).Select(choice => choice.GetProperty("delta").GetProperty("content").GetString())).ShouldBe("Hello world");
            own.Last().GetProperty("finish_reason").GetString().ShouldBe("stop");
        }

        choices.Select(choice => choice.GetProperty("index").GetInt32()).Distinct().ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Streamed_text_equals_whole_text_for_any_characters()
    {
        string[] pieces = ["\"quoted\"", "back\\slash", "\n\r\t\b\f\u0001\u001f", "é日本👩‍💻", "</script>&", "\u2028\u2029", new string('x', 5000), ""];
        server.Engine.Script = request => Steps.Answer(request, pieces);

        using var streamed = await server.ChatAsync("\"stream\":true");
        using var whole = await server.ChatAsync();

        var text = string.Concat((await streamed.EventsAsync())[..^1]
            .Select(chunk => JsonDocument.Parse(chunk).RootElement.GetProperty("choices")[0].GetProperty("delta"))
            .Select(delta => delta.TryGetProperty("content", out var content) ? content.GetString() : ""));
        text.ShouldBe(string.Concat(pieces));
        (await whole.JsonAsync()).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldBe(text);
    }

    [Fact]
    public async Task Length_is_told_from_stop()
    {
        server.Engine.Script = _ => [new ScriptStep.Start(), new ScriptStep.Say("x"), new ScriptStep.Finish(0, FinishReason.Length, 0), new ScriptStep.Complete()];

        using var response = await server.ChatAsync("\"stream\":true");

        (await response.EventsAsync())[^2].ShouldContain("\"finish_reason\":\"length\"");
    }

    [Fact]
    public async Task Failure_inside_a_stream_is_an_event_and_no_done_follows()
    {
        server.Engine.Script = _ => [new ScriptStep.Start(), new ScriptStep.Say("Hel"), .. Steps.Fail(EngineErrorCode.DecodeFailed, "secret")];

        using var response = await server.ChatAsync("\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = await response.EventsAsync();
        var error = JsonDocument.Parse(events[^1]).RootElement.GetProperty("error");
        error.GetProperty("type").GetString().ShouldBe("server_error");
        error.GetProperty("message").GetString()!.ShouldNotContain("secret");
        events.ShouldNotContain("[DONE]");
        events.Count(text => text.Contains("\"error\"", StringComparison.Ordinal)).ShouldBe(1);
        events.ShouldAllBe(text => !text.Contains("finish_reason\":\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_and_comments_come_before_the_first_event_when_it_is_late()
    {
        server.Engine.Script = request => [new ScriptStep.Wait(gate.Task), .. Steps.Answer(request, "late")];

        var sending = server.ChatAsync("\"stream\":true");
        await Until.TrueAsync(() => server.Engine.Calls.Count == 1 && time.ActiveTimers > 0);
        sending.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(10));
        using var response = await sending;
        await using var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);
        for (var comment = 0; comment < 3; comment++)
        {
            // The first is there; a tick that finds the last comment still on its way brings none.
            var next = reader.ReadLineAsync();
            await Until.TrueAsync(() =>
            {
                if (comment > 0 && !next.IsCompleted) time.Advance(TimeSpan.FromSeconds(15));
                return next.IsCompleted;
            });
            (await next).ShouldBe(": keep-alive");
            (await reader.ReadLineAsync()).ShouldBe("");
        }

        gate.SetResult();
        var rest = await reader.ReadToEndAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        rest.ShouldContain("late");
        rest.ShouldEndWith("data: [DONE]\n\n");
    }

    [Fact]
    public async Task Failure_after_early_headers_is_an_event()
    {
        server.Engine.Script = _ => [new ScriptStep.Wait(gate.Task), .. Steps.Fail(EngineErrorCode.QueueFull)];

        var sending = server.ChatAsync("\"stream\":true");
        await Until.TrueAsync(() => server.Engine.Calls.Count == 1 && time.ActiveTimers > 0);
        time.Advance(TimeSpan.FromSeconds(10));
        using var response = await sending;
        gate.SetResult();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.EventsAsync()).Single().ShouldContain("queue_full");
    }

    [Fact]
    public async Task Silence_between_tokens_is_filled_with_comments_but_a_busy_stream_gets_none()
    {
        server.Engine.Script = _ =>
        [
            new ScriptStep.Start(), new ScriptStep.Say("a"), new ScriptStep.Wait(gate.Task), new ScriptStep.Say("b"), new ScriptStep.Finish(),
            new ScriptStep.Complete(),
        ];

        using var response = await server.ChatAsync("\"stream\":true");
        await using var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);
        while (!(await reader.ReadLineAsync())!.Contains("\"a\"", StringComparison.Ordinal))
        {
        }

        (await reader.ReadLineAsync()).ShouldBe("");
        var comment = reader.ReadLineAsync();

        // The first tick sees that something was said since the start, or that somebody is still at it; a later one that nothing was.
        time.Advance(TimeSpan.FromSeconds(10));
        comment.IsCompleted.ShouldBeFalse();
        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(15));
            return comment.IsCompleted;
        });
        (await comment).ShouldBe(": keep-alive");
        gate.SetResult();

        (await reader.ReadToEndAsync()).ShouldEndWith("data: [DONE]\n\n");
        time.ActiveTimers.ShouldBe(0);
    }

    [Fact]
    public async Task Stream_has_the_headers_that_keep_proxies_out_of_the_way()
    {
        using var response = await server.ChatAsync("\"stream\":true");

        response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        response.Headers.GetValues("openai-version").ShouldBe(["2020-10-01"]);
        int.Parse(response.Headers.GetValues("openai-processing-ms").Single()).ShouldBeGreaterThanOrEqualTo(0);
    }
}
