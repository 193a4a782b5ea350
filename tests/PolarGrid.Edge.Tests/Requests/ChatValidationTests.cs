using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Requests;

/// <summary>What a chat request may not say, one row per rule of the wire format's tables.</summary>
public sealed class ChatValidationTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    [Theory]
    [InlineData("\"temperature\":9", "temperature", "decimal_above_max_value")]
    [InlineData("\"temperature\":-0.1", "temperature", "decimal_below_min_value")]
    [InlineData("\"temperature\":1e999", "temperature", "decimal_above_max_value")]
    [InlineData("\"temperature\":\"0.7\"", "temperature", "invalid_type")]
    [InlineData("\"temperature\":true", "temperature", "invalid_type")]
    [InlineData("\"top_p\":1.01", "top_p", "decimal_above_max_value")]
    [InlineData("\"top_k\":-2", "top_k", "integer_below_min_value")]
    [InlineData("\"min_p\":2", "min_p", "decimal_above_max_value")]
    [InlineData("\"n\":0", "n", "integer_below_min_value")]
    [InlineData("\"n\":129", "n", "integer_above_max_value")]
    [InlineData("\"n\":9", "n", "unsupported_value")]
    [InlineData("\"n\":1.5", "n", "invalid_type")]
    [InlineData("\"max_tokens\":0", "max_tokens", "integer_below_min_value")]
    [InlineData("\"max_tokens\":4097", "max_tokens", "integer_above_max_value")]
    [InlineData("\"max_completion_tokens\":4097", "max_completion_tokens", "integer_above_max_value")]
    [InlineData("\"max_tokens\":99999999999999999999", "max_tokens", "integer_above_max_value")]
    [InlineData("\"max_tokens\":1e400", "max_tokens", "integer_above_max_value")]
    [InlineData("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "stop", "array_above_max_length")]
    [InlineData("\"stop\":\"\"", "stop", "invalid_value")]
    [InlineData("\"stop\":[\"a\",\"\"]", "stop[1]", "invalid_value")]
    [InlineData("\"stop\":[1]", "stop[0]", "invalid_type")]
    [InlineData("\"stop\":7", "stop", "invalid_type")]
    [InlineData("\"frequency_penalty\":2.1", "frequency_penalty", "decimal_above_max_value")]
    [InlineData("\"presence_penalty\":-2.1", "presence_penalty", "decimal_below_min_value")]
    [InlineData("\"repetition_penalty\":0", "repetition_penalty", "decimal_below_min_value")]
    [InlineData("\"logit_bias\":{\"a\":1}", "logit_bias", "invalid_value")]
    [InlineData("\"logit_bias\":{\"-1\":1}", "logit_bias", "invalid_value")]
    [InlineData("\"logit_bias\":{\"1000\":1}", "logit_bias", "invalid_value")]
    [InlineData("\"logit_bias\":{\"5\":101}", "logit_bias.5", "decimal_above_max_value")]
    [InlineData("\"logit_bias\":[]", "logit_bias", "invalid_type")]
    [InlineData("\"seed\":\"1\"", "seed", "invalid_type")]
    [InlineData("\"seed\":9223372036854775808", "seed", "integer_above_max_value")]
    [InlineData("\"min_tokens\":20,\"max_tokens\":10", "min_tokens", "invalid_value")]
    [InlineData("\"stream\":\"true\"", "stream", "invalid_type")]
    [InlineData("\"stream\":1", "stream", "invalid_type")]
    [InlineData("\"stream_options\":true", "stream_options", "invalid_type")]
    [InlineData("\"stream_options\":{\"include_usage\":1}", "stream_options.include_usage", "invalid_type")]
    [InlineData("\"user\":7", "user", "invalid_type")]
    [InlineData("\"top_logprobs\":3", "top_logprobs", "invalid_value")]
    [InlineData("\"top_logprobs\":21", "top_logprobs", "integer_above_max_value")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format.type", "invalid_value")]
    [InlineData("\"response_format\":{}", "response_format.type", "missing_required_parameter")]
    [InlineData("\"response_format\":\"json\"", "response_format", "invalid_type")]
    [InlineData("\"tool_choice\":5", "tool_choice", "invalid_type")]
    [InlineData("\"parallel_tool_calls\":\"yes\"", "parallel_tool_calls", "invalid_type")]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", "modalities", "unsupported_value")]
    [InlineData("\"modalities\":[]", "modalities", "empty_array")]
    [InlineData("\"modalities\":[\"smell\"]", "modalities[0]", "invalid_value")]
    [InlineData("\"audio\":{\"voice\":\"alloy\"}", "audio", "unsupported_parameter")]
    [InlineData("\"prediction\":\"x\"", "prediction", "invalid_type")]
    [InlineData("\"prediction\":{\"content\":\"x\"}", "prediction.type", "missing_required_parameter")]
    [InlineData("\"prediction\":{\"type\":\"guess\",\"content\":\"x\"}", "prediction.type", "invalid_value")]
    [InlineData("\"prediction\":{\"type\":\"content\"}", "prediction.content", "missing_required_parameter")]
    [InlineData("\"prediction\":{\"type\":\"content\",\"content\":5}", "prediction.content", "invalid_type")]
    [InlineData("\"prompt\":\"x\"", "prompt", "unsupported_parameter")]
    [InlineData("\"suffix\":\"x\"", "suffix", "unsupported_parameter")]
    [InlineData("\"best_of\":2", "best_of", "unsupported_parameter")]
    [InlineData("\"verbosity\":\"loud\"", "verbosity", "invalid_value")]
    [InlineData("\"reasoning_effort\":\"some\"", "reasoning_effort", "invalid_value")]
    [InlineData("\"service_tier\":\"gold\"", "service_tier", "invalid_value")]
    [InlineData("\"store\":\"no\"", "store", "invalid_type")]
    [InlineData("\"metadata\":{\"k\":1}", "metadata.k", "invalid_type")]
    [InlineData("\"metadata\":[]", "metadata", "invalid_type")]
    [InlineData("\"prompt_cache_retention\":\"week\"", "prompt_cache_retention", "invalid_value")]
    [InlineData("\"moderation\":{\"model\":\"m\"}", "moderation", "unsupported_parameter")]
    [InlineData("\"web_search_options\":{}", "web_search_options", "unsupported_parameter")]
    [InlineData("\"route\":1", "route", "invalid_type")]
    [InlineData("\"provider\":\"x\"", "provider", "invalid_type")]
    [InlineData("\"chat_template\":\"{{ x }}\"", "chat_template", "unsupported_parameter")]
    [InlineData("\"chat_template_kwargs\":{\"tools\":[]}", "chat_template_kwargs.tools", "unsupported_parameter")]
    [InlineData("\"priority\":5", "priority", "unsupported_parameter")]
    [InlineData("\"enable_thinking\":\"on\"", "enable_thinking", "invalid_type")]
    public async Task Bad_field_is_refused_by_name(string field, string param, string code)
    {
        using var response = await fixture.Server.ChatAsync(field);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await response.ErrorAsync();
        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("message").GetString()!.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("[]", "messages", "empty_array")]
    [InlineData("{}", "messages", "invalid_type")]
    [InlineData("null", "messages", "missing_required_parameter")]
    [InlineData("[5]", "messages[0]", "invalid_type")]
    [InlineData("[{\"content\":\"x\"}]", "messages[0].role", "missing_required_parameter")]
    [InlineData("[{\"role\":\"user\"}]", "messages[0].content", "missing_required_parameter")]
    [InlineData("[{\"role\":\"user\",\"content\":null}]", "messages[0].content", "missing_required_parameter")]
    [InlineData("[{\"role\":\"wizard\",\"content\":\"x\"}]", "messages[0].role", "invalid_value")]
    [InlineData("[{\"role\":1,\"content\":\"x\"}]", "messages[0].role", "invalid_type")]
    [InlineData("[{\"role\":\"user\",\"content\":5}]", "messages[0].content", "invalid_type")]
    [InlineData("[{\"role\":\"assistant\",\"content\":null}]", "messages[0].content", "missing_required_parameter")]
    [InlineData("[{\"role\":\"user\",\"content\":[]}]", "messages[0].content", "empty_array")]
    [InlineData("[{\"role\":\"user\",\"content\":[{}]}]", "messages[0].content[0].type", "missing_required_parameter")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"smell\"}]}]", "messages[0].content[0].type", "invalid_value")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]", "messages[0].content[0].text", "missing_required_parameter")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":1}]}]", "messages[0].content[0].text", "invalid_type")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x\"}}]}]", "messages[0].content[0].type", "unsupported_value")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"no\"}]}]", "messages[0].content[0].type", "invalid_value")]
    [InlineData("[{\"role\":\"user\",\"content\":\"x\",\"refusal\":\"no\"}]", "messages[0].refusal", "invalid_value")]
    [InlineData("[{\"role\":\"user\",\"content\":\"x\",\"reasoning\":\"hm\"}]", "messages[0].reasoning", "invalid_value")]
    [InlineData("[{\"role\":\"system\",\"content\":\"x\",\"reasoning_content\":\"hm\"}]", "messages[0].reasoning_content", "invalid_value")]
    [InlineData("[{\"role\":\"user\",\"content\":\"\\ud800\"}]", "messages[0].content", "invalid_value")]
    [InlineData("[{\"role\":\"user\",\"content\":\"x\",\"name\":7}]", "messages[0].name", "invalid_type")]
    public async Task Bad_message_is_refused_by_its_path(string messages, string param, string code)
    {
        using var response = await fixture.Server.PostAsync("/v1/chat/completions", $"{{\"model\":\"test-model\",\"messages\":{messages}}}");

        await response.ShouldBeRefusedAsync(param, code);
    }

    [Theory]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"model\":null,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"model\":\"test-model\"}", "messages")]
    public async Task Missing_required_field_is_named(string body, string param)
    {
        using var response = await fixture.Server.PostAsync("/v1/chat/completions", body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe(param);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"model\":\"test-model\",\"temperature\":NaN}")]
    [InlineData("{\"model\":\"test-model\",\"model\":\"other\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{} {}")]
    public async Task Body_that_is_not_one_json_object_gets_400_without_code(string body)
    {
        using var response = await fixture.Server.PostAsync("/v1/chat/completions", body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBeNull();
    }

    [Theory]
    [InlineData("\"n\":5.0")]
    [InlineData("\"max_tokens\":1e2")]
    [InlineData("\"temperature\":null,\"top_p\":null,\"n\":null,\"stop\":null,\"user\":null,\"tools\":null,\"response_format\":null")]
    [InlineData("\"stop\":[]")]
    [InlineData("\"tools\":[],\"tool_choice\":\"auto\",\"parallel_tool_calls\":true")]
    [InlineData("\"tool_choice\":\"none\"")]
    [InlineData("\"logprobs\":false,\"top_logprobs\":0")]
    [InlineData("\"response_format\":{\"type\":\"text\"},\"modalities\":[\"text\"]")]
    [InlineData("\"prediction\":{\"type\":\"content\",\"content\":\"x\"},\"verbosity\":\"low\",\"store\":true,\"prompt_cache_key\":\"k\"")]
    [InlineData("\"prompt_cache_retention\":\"24h\",\"prompt_cache_options\":{\"mode\":\"implicit\"},\"safety_identifier\":\"s\",\"reasoning_effort\":\"low\"")]
    [InlineData("\"route\":\"fallback\",\"provider\":{\"order\":[\"x\"]},\"service_tier\":\"flex\"")]
    [InlineData("\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}")]
    [InlineData("\"seed\":-9223372036854775808")]
    [InlineData("\"something_nobody_knows\":{\"deep\":[1,2,3]}")]
    public async Task Harmless_field_passes(string field)
    {
        using var response = await fixture.Server.ChatAsync(field);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Found by fuzzing: the framework's readers throw for such a text wherever it stands.</summary>
    [Theory]
    [InlineData("/v1/chat/completions", "\"tool_choice\":\"\\ud800\"")]
    [InlineData("/v1/chat/completions", "\"function_call\":\"\\ud800\"")]
    [InlineData("/v1/chat/completions", "\"metadata\":{\"\\ud800\":\"x\"}")]
    [InlineData("/v1/chat/completions", "\"metadata\":{\"x\":\"\\ud800\"}")]
    [InlineData("/v1/chat/completions", "\"logit_bias\":{\"\\ud800\":1}")]
    [InlineData("/v1/chat/completions", "\"stream_options\":{\"\\ud800\":1}")]
    [InlineData("/v1/chat/completions", "\"chat_template_kwargs\":{\"\\ud800\":1}")]
    [InlineData("/v1/chat/completions", "\"response_format\":{\"type\":\"\\ud800\"}")]
    [InlineData("/v1/chat/completions", "\"response_format\":{\"\\ud800\":1}")]
    [InlineData("/v1/chat/completions", "\"service_tier\":\"\\ud800\"")]
    [InlineData("/v1/chat/completions", "\"stop\":[\"\\ud800\"]")]
    [InlineData("/v1/completions", "\"suffix\":\"\\ud800\"")]
    [InlineData("/v1/completions", "\"user\":\"\\udfff\"")]
    public async Task Half_of_a_surrogate_pair_is_refused(string path, string field)
    {
        using var response = await fixture.Server.PostAsync(
            path, $"{{\"model\":\"test-model\",\"prompt\":\"x\",\"messages\":[{{\"role\":\"user\",\"content\":\"x\",\"extra\":{{}}}}],{field}}}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Range_error_names_value_and_range()
    {
        using var response = await fixture.Server.ChatAsync("\"temperature\":9");

        (await response.ErrorAsync()).GetProperty("message").GetString().ShouldBe("'temperature' is 9; it must be between 0 and 2.");
    }

    [Fact]
    public async Task Too_deep_json_is_refused()
    {
        var deep = new string('[', 100) + new string(']', 100);
        using var response = await fixture.Server.ChatAsync($"\"metadata\":{deep}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("\"temperature\":9", 422)]
    [InlineData("\"temperature\":\"9\"", 400)]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"not\":{}}}}", 422)]
    [InlineData("\"min_tokens\":20,\"max_tokens\":10", 422)]
    public async Task Grid_profile_answers_ranges_with_422_and_nests_the_detail(string field, int status)
    {
        using var response = await fixture.Server.ChatAsync(field, "grid");

        ((int)response.StatusCode).ShouldBe(status);
        var body = await response.JsonAsync();
        body.GetProperty("errors").GetProperty("detail").GetString().ShouldBe(body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Unknown_profile_is_refused()
    {
        using var response = await fixture.Server.ChatAsync("", "acme");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("polargrid, openai, grid");
    }
}
