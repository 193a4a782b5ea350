using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Errors;

public sealed class ErrorShapeTests : IAsyncLifetime
{
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync(options => options.Limits.MaxBodyBytes = 4096);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/somewhere", 404, "not_found")]
    [InlineData("POST", "/v1/v1/chat/completions", 404, "not_found")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("PUT", "/v1/models", 405, "method_not_allowed")]
    [InlineData("POST", "/v1/chat/completions", 415, "unsupported_media_type")]
    [InlineData("GET", "/v1/models/absent", 404, "model_not_found")]
    public async Task Every_failure_has_the_same_body(string method, string path, int status, string code)
    {
        using var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await ShouldBeErrorAsync(response, status, code);
    }

    [Fact]
    public async Task Wrong_method_names_the_right_ones()
    {
        using var response = await server.Client.GetAsync("/v1/chat/completions");

        response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Body_of_another_type_gets_415(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(EdgeServer.ChatBody()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await server.Client.PostAsync("/v1/chat/completions", content);

        await ShouldBeErrorAsync(response, 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_over_the_limit_gets_413(bool announced)
    {
        var bytes = Encoding.UTF8.GetBytes(EdgeServer.ChatBody($"\"user\":\"{new string('x', 5000)}\""));
        HttpContent content = announced ? new ByteArrayContent(bytes) : new StreamContent(new UnsizedStream(bytes));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await server.Client.PostAsync("/v1/chat/completions", content);

        await ShouldBeErrorAsync(response, 413, "request_too_large");
    }

    [Fact]
    public async Task Unknown_model_gets_404_that_lists_what_is_there()
    {
        using var response = await server.PostAsync("/v1/chat/completions", "{\"model\":\"gpt-9\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        var error = await ShouldBeErrorAsync(response, 404, "model_not_found");
        error.ShouldBe("The model 'gpt-9' is not loaded here. Loaded: test-model.");
    }

    [Theory]
    [InlineData(EngineErrorCode.ContextLengthExceeded, 400, "context_length_exceeded")]
    [InlineData(EngineErrorCode.InvalidSetting, 400, "invalid_value")]
    [InlineData(EngineErrorCode.TemplateFailed, 400, "invalid_messages")]
    [InlineData(EngineErrorCode.NoChatTemplate, 400, "unsupported_value")]
    [InlineData(EngineErrorCode.EmptyPrompt, 400, "invalid_value")]
    [InlineData(EngineErrorCode.QueueFull, 503, "queue_full")]
    [InlineData(EngineErrorCode.EngineStopped, 503, "model_unavailable")]
    [InlineData(EngineErrorCode.DecodeFailed, 500, null)]
    public async Task Engine_failure_before_the_first_event_has_its_own_status(EngineErrorCode failure, int status, string? code)
    {
        server.Engine.Script = _ => Steps.Fail(failure, "secret internals", retryAfterSeconds: 3);

        foreach (var stream in new[] { "\"stream\":false", "\"stream\":true" })
        {
            using var response = await server.ChatAsync(stream);
            await ShouldBeErrorAsync(response, status, code);
            if (status == 503) response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
            if (status >= 500 && code != "queue_full") (await response.Content.ReadAsStringAsync()).ShouldNotContain("secret");
        }
    }

    [Fact]
    public async Task Context_overflow_names_messages_or_prompt()
    {
        server.Engine.Script = _ => Steps.Fail(EngineErrorCode.ContextLengthExceeded, "512 tokens, 600 asked");

        using var chat = await server.ChatAsync();
        using var completion = await server.PostAsync("/v1/completions", "{\"model\":\"test-model\",\"prompt\":\"x\"}");

        (await chat.ErrorAsync()).GetProperty("param").GetString().ShouldBe("messages");
        (await completion.ErrorAsync()).GetProperty("param").GetString().ShouldBe("prompt");
        (await chat.ErrorAsync()).GetProperty("message").GetString().ShouldBe("512 tokens, 600 asked");
    }

    [Fact]
    public async Task Bug_in_the_engine_gets_500_without_internals()
    {
        server.Engine.Script = _ => throw new InvalidOperationException("secret internals");

        using var response = await server.ChatAsync();

        await ShouldBeErrorAsync(response, 500, null);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Too_many_messages_are_refused()
    {
        await using var small = await EdgeServer.StartAsync(options => options.Limits.MaxMessages = 2);
        var messages = string.Join(',', Enumerable.Repeat("{\"role\":\"user\",\"content\":\"x\"}", 3));

        using var response = await small.PostAsync("/v1/chat/completions", $"{{\"model\":\"test-model\",\"messages\":[{messages}]}}");

        await ShouldBeErrorAsync(response, 400, "array_above_max_length");
    }

    [Fact]
    public void Table_has_each_row_once_and_sensible_statuses()
    {
        ErrorTable.All.Distinct().Count().ShouldBe(ErrorTable.All.Count);
        ErrorTable.All.ShouldAllBe(row => row.Status >= 400 && row.Status < 600 && row.Sentence.EndsWith('.') && row.Type.Length > 0);
        ErrorTable.All.Where(row => row.Unprocessable).ShouldAllBe(row => row.Status == 400);
        typeof(ErrorTable).GetFields().Length.ShouldBe(ErrorTable.All.Count);
    }

    private static async Task<string> ShouldBeErrorAsync(HttpResponseMessage response, int status, string? code)
    {
        ((int)response.StatusCode).ShouldBe(status, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = await response.JsonAsync();
        var error = body.GetProperty("error");
        error.EnumerateObject().Select(property => property.Name).ShouldBe(["message", "type", "param", "code"]);
        error.GetProperty("code").GetString().ShouldBe(code);
        var message = error.GetProperty("message").GetString()!;
        body.GetProperty("detail").GetString().ShouldBe(message);
        body.GetProperty("request_id").GetString().ShouldBe(response.Headers.GetValues("x-request-id").Single());
        return message;
    }

    /// <summary>Hides its length, so that the client sends it in chunks.</summary>
    private sealed class UnsizedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
