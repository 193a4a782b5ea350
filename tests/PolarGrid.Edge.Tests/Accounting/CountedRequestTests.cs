using System.Net;
using System.Net.Sockets;
using System.Text;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Chat.Tools;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Tests.Speech;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Accounting;

/// <summary>What texts and voices leave in the ledger, over HTTP.</summary>
public sealed class CountedRequestTests
{
    private const string NoAudio = "|characters 0|spoken 0|heard 0";
    private const string VectorsBody = "{\"model\":\"vectors\",\"input\":[\"a\",\"b\"]}";

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task A_chat_counts_its_tokens(string field)
    {
        await using var server = await EdgeServer.StartAsync();
        server.Engine.Script = _ => [new ScriptStep.Start(10, 4), new ScriptStep.Say("a"), new ScriptStep.Say("b"), new ScriptStep.Finish(), new ScriptStep.Complete()];

        using (var answer = await server.ChatAsync(field)) await answer.Content.ReadAsStringAsync();

        (await new UsageTables(server).RecordsAsync(1)).ShouldBe(["chat|test-model|200|answered|prompt 10|cached 4|completion 3|reasoning 0" + NoAudio]);
    }

    [Theory]
    [InlineData("\"enable_thinking\":true")]
    [InlineData("\"enable_thinking\":true,\"stream\":true")]
    public async Task Thinking_is_counted(string fields)
    {
        await using var server = await ToolServer.StartAsync(thinks: true);
        server.Engine.Script = request => Steps.Answer(request, "<think>", "hm", "</think>", "Yes", ".");

        using (var answer = await server.ChatAsync(fields)) await answer.Content.ReadAsStringAsync();

        (await new UsageTables(server).RecordsAsync(1)).Single().ShouldContain("|completion 6|reasoning 3|");
    }

    [Fact]
    public async Task Every_prompt_and_choice_of_a_completion_counts()
    {
        await using var server = await EdgeServer.StartAsync();

        using (var answer = await server.PostAsync("/v1/completions", """{"model":"test-model","prompt":["a","b"],"n":2}""")) answer.EnsureSuccessStatusCode();

        // Two prompts of 7 tokens; three pieces and an end each for four choices.
        (await new UsageTables(server).RecordsAsync(1)).ShouldBe(["completion|test-model|200|answered|prompt 14|cached 0|completion 16|reasoning 0" + NoAudio]);
    }

    [Fact]
    public async Task Embeddings_count_their_prompts()
    {
        await using var server = await EdgeServer.StartAsync();
        server.Models.Register(new ScriptedTextEngine("vectors"), new ScriptedEmbedder(), []);

        using (var answer = await server.PostAsync("/v1/embeddings", """{"model":"vectors","input":["a","b"]}""")) answer.EnsureSuccessStatusCode();

        (await new UsageTables(server).RecordsAsync(1)).ShouldBe(["embedding|vectors|200|answered|prompt 6|cached 0|completion 0|reasoning 0" + NoAudio]);
    }

    [Fact]
    public async Task Embeddings_that_fail_in_the_middle_count_what_was_computed()
    {
        await using var server = await EdgeServer.StartAsync();
        server.Models.Register(new ScriptedTextEngine("vectors"), new ScriptedEmbedder
        {
            Script = _ => EmbeddingOutcome.Failed(new(EngineStage.Decode, EngineErrorCode.DecodeFailed, "No vector."), 1) with { Tokens = 8 },
        }, []);

        using (var answer = await server.PostAsync("/v1/embeddings", VectorsBody)) answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        (await new UsageTables(server).RecordsAsync(1)).ShouldBe(["embedding|vectors|500|failed|prompt 8|cached 0|completion 0|reasoning 0" + NoAudio]);
    }

    [Fact]
    public async Task A_caller_who_leaves_pays_for_what_was_embedded()
    {
        await using var server = await EdgeServer.StartAsync();
        var embedder = new ScriptedEmbedder { TokensWhenLeft = 16 };
        server.Models.Register(new ScriptedTextEngine("vectors"), embedder, []);

        var socket = await ConnectAsync(server, "/v1/embeddings", VectorsBody);
        await Until.TrueAsync(() => embedder.Requests.Count == 1);
        socket.Dispose();

        (await new UsageTables(server).RecordsAsync(1)).ShouldBe(["embedding|vectors|499|cancelled|prompt 16|cached 0|completion 0|reasoning 0" + NoAudio]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    [InlineData("\"stream_format\":\"sse\"")]
    public async Task Speech_counts_characters_and_seconds(string field)
    {
        await using var server = await SpeechServer.StartAsync();

        using (var answer = await server.SpeakAsync("Hi", field)) await answer.Content.ReadAsByteArrayAsync();

        (await new UsageTables(server.Edge).RecordsAsync(1)).ShouldBe(["speech|test-voice|200|answered|prompt 0|cached 0|completion 0|reasoning 0|characters 2|spoken 40|heard 0"]);
    }

    [Fact]
    public async Task A_caller_who_leaves_a_voice_pays_for_what_was_spoken()
    {
        await using var server = await SpeechServer.StartAsync();
        using var never = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (_, _) => never.Wait(2);
        var text = string.Concat(Enumerable.Repeat("A long sentence that has hardly an end to it, and another one behind it. ", 50));

        var socket = await server.ConnectAsync(SpeechServer.Body(text, "\"stream\":true"));
        await Until.TrueAsync(() => server.Voices.Chunks > 5);
        socket.Dispose();

        var record = (await new UsageTables(server.Edge).RecordsAsync(1)).Single();
        record.ShouldStartWith("speech|test-voice|200|cancelled|");
        record.ShouldNotContain("|spoken 0|");
    }

    [Fact]
    public async Task Bare_audio_that_breaks_is_counted_as_failed_although_the_connection_is_cut()
    {
        await using var server = await SpeechServer.StartAsync();
        var chunks = 0;
        server.Voices.BeforeChunk = (_, _) => _ = Interlocked.Increment(ref chunks) == 20 ? throw new InvalidOperationException() : 0;
        var text = string.Concat(Enumerable.Repeat("A long sentence that has hardly an end to it, and another one behind it. ", 10));

        using (var answer = await server.SpeakAsync(text, "\"stream\":true")) await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync());

        (await new UsageTables(server.Edge).RecordsAsync(1)).Single().ShouldStartWith("speech|test-voice|200|failed|");
    }

    [Theory]
    [InlineData("\"stream\":true", "200")]
    [InlineData("\"stream\":false", "499")]
    public async Task A_caller_who_leaves_pays_for_what_was_generated(string field, string status)
    {
        var never = new TaskCompletionSource();
        await using var server = await EdgeServer.StartAsync();
        server.Engine.Script = _ => [new ScriptStep.Start(10, 4), new ScriptStep.Say("a"), new ScriptStep.Say("b", Tokens: 2), new ScriptStep.Wait(never.Task), new ScriptStep.Say("c")];

        var socket = await ConnectAsync(server, field);
        await Until.TrueAsync(() => server.Engine.Calls.Count == 1 && server.Engine.LastCall.Stream.Usage.CompletionTokens == 3);
        if (status == "200") (await socket.ReceiveAsync(new byte[1000])).ShouldBeGreaterThan(0);
        socket.Dispose();

        (await new UsageTables(server).RecordsAsync(1)).ShouldBe([$"chat|test-model|{status}|cancelled|prompt 10|cached 4|completion 3|reasoning 0" + NoAudio]);
    }

    [Fact]
    public async Task A_caller_who_leaves_a_model_that_thinks_pays_for_the_thinking()
    {
        var never = new TaskCompletionSource();
        await using var server = await ToolServer.StartAsync(thinks: true);
        server.Engine.Script = _ => [new ScriptStep.Start(), new ScriptStep.Say("<think>"), new ScriptStep.Say("hm"), new ScriptStep.Wait(never.Task), new ScriptStep.Say("c")];

        var socket = await ConnectAsync(server, "\"stream\":true,\"enable_thinking\":true");
        var (seen, buffer) = ("", new byte[4000]);
        while (!seen.Contains("hm", StringComparison.Ordinal)) seen += Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
        socket.Dispose();

        (await new UsageTables(server).RecordsAsync(1)).ShouldBe(["chat|test-model|200|cancelled|prompt 7|cached 0|completion 2|reasoning 2" + NoAudio]);
    }

    [Fact]
    public async Task Failures_count_what_was_used_until_then()
    {
        await using var server = await EdgeServer.StartAsync();
        using (var malformed = await server.ChatAsync("\"temperature\":9")) malformed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        server.Engine.Script = _ => [new ScriptStep.Start(10), new ScriptStep.Say("a"), .. Steps.Fail(EngineErrorCode.DecodeFailed)];
        using (var broken = await server.ChatAsync("\"stream\":true")) await broken.Content.ReadAsStringAsync();
        using (var failed = await server.ChatAsync()) failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        (await new UsageTables(server).RecordsAsync(3)).ShouldBe(
        [
            "chat||400|failed|prompt 0|cached 0|completion 0|reasoning 0" + NoAudio,
            "chat|test-model|200|failed|prompt 10|cached 0|completion 1|reasoning 0" + NoAudio,
            "chat|test-model|500|failed|prompt 10|cached 0|completion 1|reasoning 0" + NoAudio,
        ]);
    }

    [Fact]
    public async Task What_was_not_let_in_and_what_is_no_inference_is_not_counted()
    {
        await using var server = await EdgeServer.StartAsync(options => options.Limits.RequestsPerMinute = 1, new FakeTimeProvider());
        using var stranger = server.NewClient("pg_this_key_is_unknown_here");
        await stranger.GetAsync("/v1/models");
        await server.Client.GetAsync("/v1/models");
        await server.Client.GetAsync("/metrics");
        await server.Client.GetAsync("/v1/usage");
        (await server.ChatAsync()).EnsureSuccessStatusCode();
        (await server.ChatAsync()).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        var tables = new UsageTables(server);
        await server.App.StopAsync();
        await server.App.DisposeAsync();

        tables.Records().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_requests_at_once_are_all_there_after_the_stop()
    {
        await using var server = await EdgeServer.StartAsync();
        using var other = server.NewClient(server.Keys.Create("other", KeyPermission.ReadOnly).Key);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(async index =>
        {
            using var content = new StringContent(EdgeServer.ChatBody(index % 3 == 0 ? "\"stream\":true" : ""), Encoding.UTF8, "application/json");
            using var answer = await (index % 2 == 0 ? server.Client : other).PostAsync("/v1/chat/completions", content);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("test-model");
        }));
        var tables = new UsageTables(server);
        await server.App.StopAsync();
        await server.App.DisposeAsync();

        tables.Records().Count.ShouldBe(1000);
        tables.Query("SELECT requests || ' ' || prompt_tokens || ' ' || completion_tokens FROM usage_days").ShouldBe(["500 3500 2000", "500 3500 2000"]);
    }

    [Fact]
    public async Task A_broken_database_does_not_change_an_answer()
    {
        await using var server = await EdgeServer.StartAsync();
        new UsageTables(server).Break();

        for (var count = 0; count < 5; count++)
        {
            using var answer = await server.ChatAsync();
            (await answer.JsonAsync()).GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(11);
        }
    }

    [Fact]
    public async Task Nothing_of_what_was_said_is_kept()
    {
        await using var server = await EdgeServer.StartAsync();
        server.Engine.Script = request => Steps.Answer(request, "A quite secret answer");
        using (var answer = await server.PostAsync("/v1/chat/completions", """{"model":"test-model","user":"somebody special","messages":[{"role":"user","content":"A quite secret question"}]}"""))
        {
            answer.EnsureSuccessStatusCode();
        }

        await new UsageTables(server).RecordsAsync(1);

        foreach (var file in Directory.GetFiles(server.DataFolder, "polargrid.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = await reader.ReadToEndAsync();
            text.ShouldNotContain("secret", Case.Sensitive, file);
            text.ShouldNotContain("somebody special", Case.Sensitive, file);
        }
    }

    private static Task<Socket> ConnectAsync(EdgeServer server, string field) => ConnectAsync(server, "/v1/chat/completions", EdgeServer.ChatBody(field));

    private static async Task<Socket> ConnectAsync(EdgeServer server, string path, string body)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await socket.SendAsync(Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer {server.Key}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        return socket;
    }
}
