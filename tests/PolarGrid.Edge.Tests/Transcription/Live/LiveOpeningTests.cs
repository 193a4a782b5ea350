using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Live;

/// <summary>Who may open a session, and how.</summary>
public sealed class LiveOpeningTests : LiveTests
{
    [Fact]
    public async Task A_session_may_be_opened_over_http_2()
    {
        await using var edge = await EdgeServer.StartAsync(configuration: ("Kestrel:EndpointDefaults:Protocols", "Http2"));
        var engine = new ScriptedTranscriber();
        await using var pool = engine.Pool();
        edge.App.Services.GetRequiredService<ISpeechDirectory>().Register(engine.Model, pool);
        using var client = await LiveClient.OpenOverHttp2Async(edge, "?model=tones");
        await SendAsync(client, "hello");
        await client.DoneAsync();

        Texts(await client.RestAsync(), "done").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task A_wrong_key_opens_no_session_over_http_2()
    {
        await using var edge = await EdgeServer.StartAsync(configuration: ("Kestrel:EndpointDefaults:Protocols", "Http2"));

        var refused = await Should.ThrowAsync<WebSocketException>(LiveClient.OpenOverHttp2Async(edge, "?model=tones", "pg_this_key_is_unknown_here"));

        refused.Message.ShouldContain("401");
    }

    [Fact]
    public async Task Sessions_are_bounded_and_a_place_is_free_again_afterwards()
    {
        var first = await OpenAsync();
        using var second = await OpenAsync();
        (await StatusOfRefusalAsync("?model=tones")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        await first.DoneAsync();
        await first.RestAsync();
        first.Dispose();

        await Until.TrueAsync(async () =>
        {
            try
            {
                using var third = await OpenAsync();
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?model=nobody", 404)]
    [InlineData("?model=tones&sample_rate=7999", 400)]
    [InlineData("?model=tones&sample_rate=fast", 400)]
    [InlineData("?model=tones&language=de", 400)]
    [InlineData("?model=test-model", 400)]
    public async Task What_is_wrong_is_said_before_the_upgrade(string query, int status) =>
        ((int)(await StatusOfRefusalAsync(query))!).ShouldBe(status);

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        using var response = await Server.Client.GetAsync("/v1/audio/transcriptions/live?model=tones");

        response.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        response.Headers.Upgrade.Single().Name.ShouldBe("websocket");
        response.Headers.Connection.ShouldContain("Upgrade");
    }

    [Fact]
    public async Task A_browser_sends_the_key_as_a_subprotocol_and_it_is_in_no_log()
    {
        using var client = await LiveClient.OpenAsync(Server.Edge, "?model=tones", null, "polargrid", "polargrid-key." + Server.Edge.Key);
        await client.DoneAsync();
        await client.RestAsync();

        client.Subprotocol.ShouldBe("polargrid");
        string.Join("\n", Logs.Lines).ShouldNotContain(Server.Edge.Key);
    }

    [Fact]
    public async Task A_wrong_key_is_401_either_way_and_a_key_alone_is_never_echoed()
    {
        (await StatusOfRefusalAsync("?model=tones", "pg_0123456789012345678901234567890123456789012")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusOfRefusalAsync("?model=tones", null, "polargrid", "polargrid-key.pg_01234567890123456789")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusOfRefusalAsync("?model=tones", null, "polargrid-key." + Server.Edge.Key)).ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<HttpStatusCode?> StatusOfRefusalAsync(string query, string? key = null, params string[] subprotocols)
    {
        var refused = await Should.ThrowAsync<WebSocketException>(async () => (await LiveClient.OpenAsync(Server.Edge, query, key, subprotocols)).Dispose());
        return (refused.InnerException as HttpRequestException)?.StatusCode ?? StatusIn(refused.Message);
    }

    /// <summary>The client tells the status in its message only.</summary>
    private static HttpStatusCode? StatusIn(string message) =>
        Enumerable.Range(400, 200).Where(status => message.Contains($"'{status}'")).Select(status => (HttpStatusCode?)status).FirstOrDefault();
}
