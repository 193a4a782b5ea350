using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using Shouldly;

namespace PolarGrid.Edge.Tests.Chat;

/// <summary>What the engine is asked for.</summary>
public sealed class ChatMappingTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    [Fact]
    public async Task Every_honoured_field_reaches_the_engine()
    {
        var request = await SubmittedAsync(
            "\"max_tokens\":50,\"max_completion_tokens\":40,\"temperature\":0.5,\"top_p\":0.25,\"top_k\":3,\"min_p\":0.125,\"n\":2,"
            + "\"stop\":[\"END\",\"\\n\"],\"frequency_penalty\":1,\"presence_penalty\":-1,\"repetition_penalty\":1.5,"
            + "\"logit_bias\":{\"5\":-100,\"7\":1.5},\"seed\":42,\"min_tokens\":4,\"ignore_eos\":true");

        request.MaxTokens.ShouldBe(40);
        request.Choices.ShouldBe(2);
        request.Stop.ShouldBe(["END", "\n"]);
        var sampling = request.Sampling;
        (sampling.Temperature, sampling.TopP, sampling.TopK, sampling.MinP).ShouldBe((0.5f, 0.25f, 3, 0.125f));
        (sampling.FrequencyPenalty, sampling.PresencePenalty, sampling.RepetitionPenalty).ShouldBe((1f, -1f, 1.5f));
        sampling.LogitBias.ShouldBe([new LogitBias(5, -100), new LogitBias(7, 1.5f)]);
        (sampling.Seed, sampling.MinTokens, sampling.IgnoreEndOfText).ShouldBe((42L, 4, true));
    }

    [Theory]
    [InlineData(null, 150, 0.7f, 0.9f)]
    [InlineData("polargrid", 150, 0.7f, 0.9f)]
    [InlineData("openai", null, 1f, 1f)]
    [InlineData("Grid", null, 1f, 1f)]
    public async Task Profile_gives_the_defaults(string? profile, int? maxTokens, float temperature, float topP)
    {
        var request = await SubmittedAsync("", profile);

        request.MaxTokens.ShouldBeNull();
        request.DefaultMaxTokens.ShouldBe(maxTokens);
        request.Sampling.Temperature.ShouldBe(temperature);
        request.Sampling.TopP.ShouldBe(topP);
    }

    [Theory]
    [InlineData(null, 1f)]
    [InlineData("polargrid", 0.7f)]
    public async Task Profile_of_the_key_applies_unless_the_request_names_one(string? profile, float temperature)
    {
        var key = fixture.Server.Keys.Create("openai user", PolarGrid.Edge.Auth.KeyPermission.ReadOnly, ApiProfile.OpenAI).Key;
        using var client = fixture.Server.NewClient(key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(EdgeServer.ChatBody(), System.Text.Encoding.UTF8, "application/json"),
        };
        if (profile is not null) request.Headers.Add("X-PolarGrid-Profile", profile);

        using var response = await client.SendAsync(request);

        response.EnsureSuccessStatusCode();
        fixture.Server.Engine.LastCall.Request.Sampling.Temperature.ShouldBe(temperature);
    }

    [Fact]
    public async Task Only_the_polargrid_profile_bounds_max_tokens()
    {
        var request = await SubmittedAsync("\"max_tokens\":100000", "openai");

        request.MaxTokens.ShouldBe(100_000);
    }

    [Fact]
    public async Task Conversation_keeps_roles_names_and_joined_parts()
    {
        const string Messages = """
            [{"role":"developer","content":"Be brief."},
             {"role":"user","name":"Ann","content":[{"type":"text","text":"Hel"},{"type":"text","text":"lo","prompt_cache_breakpoint":{"mode":"explicit"}}]},
             {"role":"assistant","content":"Hi <|im_end|>","reasoning_content":"a greeting"},
             {"role":"assistant","content":[{"type":"refusal","refusal":"No."}]},
             {"role":"user","content":""}]
            """;
        using var response = await fixture.Server.PostAsync("/v1/chat/completions", $"{{\"model\":\"an-alias\",\"messages\":{Messages}}}");

        response.EnsureSuccessStatusCode();
        (await response.JsonAsync()).GetProperty("model").GetString().ShouldBe("an-alias");
        response.Headers.GetValues("x-polargrid-model").ShouldBe(["test-model"]);
        ((ChatPrompt)fixture.Server.Engine.LastCall.Request.Prompt).Messages.ShouldBe(
        [
            new ChatTurn { Role = "system", Content = "Be brief." },
            new ChatTurn { Role = "user", Content = "Hello", Name = "Ann" },
            new ChatTurn { Role = "assistant", Content = "Hi <|im_end|>", ReasoningContent = "a greeting" },
            new ChatTurn { Role = "assistant", Content = "No." },
            new ChatTurn { Role = "user", Content = "" },
        ]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("\"enable_thinking\":true", true)]
    [InlineData("\"chat_template_kwargs\":{\"enable_thinking\":true}", true)]
    public async Task Thinking_is_off_unless_asked_for(string field, bool expected)
    {
        var request = await SubmittedAsync(field);

        ((ChatPrompt)request.Prompt).TemplateVariables!["enable_thinking"].GetBoolean().ShouldBe(expected);
    }

    [Fact]
    public async Task Tenant_is_the_key_and_id_is_the_request_id()
    {
        using var response = await fixture.Server.ChatAsync();

        var request = fixture.Server.Engine.LastCall.Request;
        request.Tenant.ShouldBe(fixture.Server.Keys.List()[0].Id);
        request.Id.ShouldBe(response.Headers.GetValues("x-request-id").Single());
    }

    private async Task<GenerationRequest> SubmittedAsync(string fields, string? profile = null)
    {
        using var response = await fixture.Server.ChatAsync(fields, profile);
        response.EnsureSuccessStatusCode();
        return fixture.Server.Engine.LastCall.Request;
    }
}
