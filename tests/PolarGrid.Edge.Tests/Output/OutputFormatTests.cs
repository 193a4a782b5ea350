using System.Net;
using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Output;

/// <summary><c>response_format</c> and what other servers call the same.</summary>
public sealed class OutputFormatTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    private const string Schema = """{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""";

    [Theory]
    [InlineData("""{"type":"json_object"}""", "\"{\"")]
    [InlineData("""{"type":"json_object","schema":null}""", "\"{\"")]
    [InlineData($$$"""{"type":"json_object","schema":{{{Schema}}}}""", "\\\"a\\\"")]
    [InlineData($$$"""{"type":"json_schema","json_schema":{"name":"x-1_Y","strict":true,"description":"d","schema":{{{Schema}}}}}""", "\\\"a\\\"")]
    [InlineData($$$"""{"type":"json_schema","json_schema":{"name":"x","strict":false,"schema":{{{Schema}}}}}""", "\\\"a\\\"")]
    [InlineData("""{"type":"json_schema","json_schema":{"name":"x"}}""", "\"{\"")]
    public async Task A_format_reaches_the_engine_as_rules(string format, string part)
    {
        var request = await SubmittedAsync($"\"response_format\":{format}");

        request.Grammar.ShouldNotBeNull();
        request.Grammar.Gbnf.ShouldStartWith("root ::= answer\n");
        request.Grammar.Gbnf.ShouldContain(part);
        request.Grammar.Triggers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_leaves_the_answer_free() => (await SubmittedAsync("\"response_format\":{\"type\":\"text\"}")).Grammar.ShouldBeNull();

    [Theory]
    [InlineData($"\"json_schema\":{Schema}", "\\\"a\\\"")]
    [InlineData($"\"guided_json\":{Schema}", "\\\"a\\\"")]
    [InlineData("\"guided_json\":\"{\\\"const\\\":\\\"b\\\"}\"", "\\\"b\\\"")]
    [InlineData("\"guided_regex\":\"a[0-9]{2,3}\"", "[0-9]{2,3}")]
    [InlineData("\"guided_choice\":[\"yes\",\"no\"]", "(\"yes\" | \"no\")")]
    [InlineData($$"""
        "structured_outputs":{"json":{{Schema}}}
        """, "\\\"a\\\"")]
    [InlineData("\"structured_outputs\":{\"json_object\":true}", "\"{\"")]
    public async Task Other_names_of_it_are_honoured(string field, string part)
    {
        (await SubmittedAsync(field)).Grammar!.Gbnf.ShouldContain(part);
        (await SubmittedAsync(field, chat: false)).Grammar!.Gbnf.ShouldContain(part);
    }

    [Theory]
    [InlineData("\"response_format\":{\"type\":\"json_object\",\"schema\":7}", "response_format.schema", "invalid_type")]
    [InlineData("\"response_format\":{\"type\":\"json_object\",\"schema\":{\"not\":{}}}", "response_format", "invalid_json_schema")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "response_format.json_schema", "missing_required_parameter")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":[]}", "response_format.json_schema", "invalid_type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}}", "response_format.json_schema.name", "missing_required_parameter")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a b\"}}", "response_format.json_schema.name", "invalid_value")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":7}}", "response_format.json_schema.name", "invalid_type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"strict\":\"yes\"}}", "response_format.json_schema.strict", "invalid_type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":[]}}", "response_format.json_schema.schema", "invalid_type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"not\":{}}}}", "response_format", "invalid_json_schema")]
    [InlineData("\"json_schema\":{\"type\":\"number\",\"multipleOf\":0.3}", "json_schema", "invalid_json_schema")]
    [InlineData("\"guided_json\":\"{\"", "guided_json", "invalid_json_schema")]
    [InlineData("\"guided_regex\":\"(?=a)\"", "guided_regex", "invalid_json_schema")]
    [InlineData("\"guided_choice\":[]", "guided_choice", "empty_array")]
    [InlineData("\"guided_choice\":[1]", "guided_choice[0]", "invalid_type")]
    [InlineData("\"guided_regex\":\"a\",\"guided_choice\":[\"a\"]", "guided_choice", "invalid_value")]
    [InlineData("\"grammar\":\"root ::= \\\"a\\\"\"", "grammar", "unsupported_parameter")]
    [InlineData("\"guided_grammar\":\"root ::= \\\"a\\\"\"", "guided_grammar", "unsupported_parameter")]
    [InlineData("\"structured_outputs\":{\"structural_tag\":{}}", "structured_outputs.structural_tag", "unsupported_parameter")]
    [InlineData("\"guided_decoding_backend\":\"x\"", "guided_decoding_backend", "unsupported_parameter")]
    public async Task What_cannot_be_honoured_is_refused_by_name(string field, string param, string code)
    {
        using var response = await fixture.Server.ChatAsync(field);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        var error = await response.ErrorAsync();
        (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()).ShouldBe((param, code));
    }

    [Fact]
    public async Task A_keyword_that_cannot_be_enforced_is_named_with_its_path()
    {
        using var response = await fixture.Server.ChatAsync(
            """
            "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":{"tags":{"type":"array","uniqueItems":true}}}}}
            """);

        var message = (await response.ErrorAsync()).GetProperty("message").GetString()!;
        message.ShouldContain("'uniqueItems'");
        message.ShouldContain("#/properties/tags");
    }

    [Fact]
    public async Task A_grammar_of_the_caller_passes_where_the_operator_allows_it()
    {
        await using var server = await EdgeServer.StartAsync(options => options.AllowGrammar = true);
        using var response = await server.ChatAsync("\"grammar\":\"root ::= \\\"a\\\"\"");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Engine.LastCall.Request.Grammar!.Gbnf.ShouldBe("root ::= \"a\"");
    }

    [Fact]
    public async Task Thinking_stays_free_and_the_answer_after_it_does_not()
    {
        await using var server = await EdgeServer.StartAsync(engine: Thinking(opens: true));
        var grammar = (await SubmittedAsync(AnyObject + ",\"enable_thinking\":true", server: server)).Grammar!;

        grammar.Triggers.ShouldBe(["</think>"]);
        grammar.TriggerRequired.ShouldBeTrue();
        grammar.Gbnf.ShouldStartWith("root ::= [ \\n]{0,4} answer\n");
    }

    [Fact]
    public async Task Thinking_that_the_model_may_begin_is_part_of_the_grammar()
    {
        await using var server = await EdgeServer.StartAsync(engine: Thinking(opens: false));
        var grammar = (await SubmittedAsync(AnyObject + ",\"enable_thinking\":true", server: server)).Grammar!;

        grammar.Triggers.ShouldBeEmpty();
        grammar.Gbnf.ShouldStartWith("root ::= (\"<think>\" thinking [ \\n]{0,4})? answer\n");
        (await SubmittedAsync(AnyObject, server: server)).Grammar!.Gbnf.ShouldStartWith("root ::= answer\n");
    }

    [Theory]
    [InlineData(EngineErrorCode.InvalidGrammar)]
    [InlineData(EngineErrorCode.GrammarFailed)]
    public async Task A_grammar_that_the_engine_refuses_is_the_callers_mistake(EngineErrorCode code)
    {
        await using var server = await EdgeServer.StartAsync();
        server.Engine.Script = _ => [new ScriptStep.Fail(new EngineError(EngineStage.Prepare, code, "No finite text."))];
        using var response = await server.ChatAsync("\"response_format\":{\"type\":\"json_object\"}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe("response_format");
    }

    private const string AnyObject = "\"response_format\":{\"type\":\"json_object\"}";

    private static ScriptedTextEngine Thinking(bool opens)
    {
        var engine = new ScriptedTextEngine();
        var traits = new TemplateTraits { Reasoning = new ReasoningMarkers("<think>", "</think>"), OpensThinkingWhenOn = opens };
        return new ScriptedTextEngine { Model = engine.Model with { Template = traits } };
    }

    private async Task<GenerationRequest> SubmittedAsync(string field, bool chat = true, EdgeServer? server = null)
    {
        server ??= fixture.Server;
        using var response = chat
            ? await server.ChatAsync(field)
            : await server.PostAsync("/v1/completions", $"{{\"model\":\"test-model\",\"prompt\":\"x\",{field}}}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return server.Engine.LastCall.Request;
    }
}
