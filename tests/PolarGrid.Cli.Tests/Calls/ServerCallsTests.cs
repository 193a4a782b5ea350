using System.Net;
using PolarGrid.Cli.Calls;
using PolarGrid.Cli.Chat;
using PolarGrid.Cli.Speech;
using Shouldly;

namespace PolarGrid.Cli.Tests.Calls;

/// <summary>All commands meet a server's failures alike.</summary>
public sealed class ServerCallsTests
{
    private const string Full = """{"error":{"message":"The queue is full.","type":"service_unavailable_error","param":null,"code":"queue_full"}}""";
    private const string Delta = """data: {"choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}""" + "\n\n";
    private const string Heard = """data: {"type":"transcript.text.delta","delta":"Hel"}""" + "\n\n";

    public static TheoryData<string> Calls => ["models", "chat", "voices", "speak", "transcribe", "transcribe stream"];

    public static TheoryData<string, string> Streams => new() { { "chat", Delta }, { "transcribe stream", Heard } };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_refusal_is_what_the_server_says_and_when_to_try_again(string call)
    {
        using var http = ScriptedServer.Client(Full, HttpStatusCode.ServiceUnavailable, retryAfter: 7);

        (await FailureAsync(call, http)).ShouldBe("The queue is full. (Try again in 7 s.)");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_refusal_that_says_nothing_is_its_status(string call)
    {
        using var http = ScriptedServer.Client("<html>", HttpStatusCode.BadGateway);

        (await FailureAsync(call, http)).ShouldBe("The server answered with status 502.");
    }

    [Theory]
    [InlineData("models", "null")]
    [InlineData("models", "{}")]
    [InlineData("models", "[1]")]
    [InlineData("models", """{"data":[{}]}""")]
    [InlineData("models", """{"data":{"id":"a"}}""")]
    [InlineData("voices", "null")]
    [InlineData("voices", "[]")]
    [InlineData("chat", "data: null\n\n")]
    [InlineData("chat", "data: 7\n\n")]
    [InlineData("chat", "data: {\n\n")]
    [InlineData("chat", "data: {\"object\":\"chat.completion.chunk\"}\n\n")]
    [InlineData("chat", """data: {"choices":[{"delta":{"content":7}}]}""" + "\n\n")]
    [InlineData("transcribe stream", "data: []\n\n")]
    public async Task What_is_not_the_api_is_one_line(string call, string body)
    {
        using var http = ScriptedServer.Client(body);

        (await FailureAsync(call, http)).ShouldStartWith("What answers there does not speak OpenAI's API: ");
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_gives_its_pieces_up_to_its_end(string call, string piece)
    {
        using var http = ScriptedServer.Client(piece + piece + "data: [DONE]\n\n");

        (await RunAsync(call, http)).ShouldBe("HelHel");
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_without_an_end_broke_off(string call, string piece)
    {
        using var http = ScriptedServer.Client(piece);

        (await FailureAsync(call, http)).ShouldEndWith(" broke off.");
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task An_error_in_a_stream_is_what_the_server_says(string call, string piece)
    {
        using var http = ScriptedServer.Client(piece + "data: " + Full + "\n\n");

        (await FailureAsync(call, http)).ShouldBe("The queue is full.");
    }

    [Fact]
    public void Whoever_stops_a_command_is_told_so_and_a_timeout_is_a_mistake_of_ours()
    {
        ServerCalls.Explain(new TaskCanceledException(), new CancellationToken(canceled: true)).ShouldBe("stopped.");
        ServerCalls.Explain(new TaskCanceledException(), CancellationToken.None).ShouldBeNull();
        ServerCalls.Explain(new InvalidCastException(), CancellationToken.None).ShouldBeNull();
    }

    private static async Task<string> FailureAsync(string call, HttpClient http)
    {
        var failure = await Should.ThrowAsync<Exception>(() => RunAsync(call, http));
        return ServerCalls.Explain(failure, CancellationToken.None).ShouldNotBeNull();
    }

    private static async Task<string> RunAsync(string call, HttpClient http)
    {
        var chat = new ChatClient(http);
        var speech = new SpeechClient(http);
        using var form = new MultipartFormDataContent();
        return call switch
        {
            "models" => string.Concat(await chat.ListModelsAsync(CancellationToken.None)),
            "chat" => await JoinAsync(chat.StreamAsync([], CancellationToken.None)),
            "voices" => string.Concat((await speech.ListVoicesAsync(null, CancellationToken.None)).Data),
            "speak" => await speech.SpeakAsync([], Stream.Null, _ => { }, CancellationToken.None),
            "transcribe" => await speech.TranscribeAsync(form, CancellationToken.None),
            _ => await JoinAsync(speech.StreamTranscriptAsync(form, CancellationToken.None)),
        };
    }

    private static async Task<string> JoinAsync(IAsyncEnumerable<string> pieces)
    {
        var all = "";
        await foreach (var piece in pieces) all += piece;
        return all;
    }
}
