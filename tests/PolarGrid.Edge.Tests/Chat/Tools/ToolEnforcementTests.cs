using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using Shouldly;

namespace PolarGrid.Edge.Tests.Chat.Tools;

/// <summary>What the engine is told to hold calls to.</summary>
public sealed class ToolEnforcementTests
{
    private const string Unenforceable =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":STRICT,\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"if\":{}}}}}}]";

    [Fact]
    public async Task Auto_holds_calls_from_the_opener_on()
    {
        var grammar = await GrammarAsync(ToolServer.Tools);

        grammar!.Triggers.ShouldBe(["<tool_call>"]);
        grammar.TriggerRequired.ShouldBeFalse();
        grammar.Gbnf.ShouldContain("weather");
        grammar.Gbnf.ShouldContain("time");
    }

    [Theory]
    [InlineData("\"required\"", true, true, true)]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"time\"}}", false, true, false)]
    [InlineData("{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}]}}", true, false, true)]
    public async Task Required_calls_are_held_from_the_first_token(string choice, bool weather, bool time, bool several)
    {
        var grammar = await GrammarAsync($"{ToolServer.Tools},\"tool_choice\":{choice}");

        grammar!.Triggers.ShouldBeEmpty();
        grammar.Gbnf.Contains("weather", StringComparison.Ordinal).ShouldBe(weather);
        grammar.Gbnf.Contains("time", StringComparison.Ordinal).ShouldBe(time);
        Several(grammar).ShouldBe(several);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(",\"parallel_tool_calls\":false", false)]
    public async Task Parallel_calls_are_a_matter_of_the_request(string field, bool several) =>
        Several((await GrammarAsync(ToolServer.Tools + field))!).ShouldBe(several);

    [Fact]
    public async Task Allowed_tools_in_auto_mode_leave_the_rest_as_content()
    {
        await using var server = await ToolServer.StartAsync();
        server.Says("<tool_call>{\"name\": \"time\", \"arguments\": {}}</tool_call>");
        const string Allowed = ",\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}]}}";

        var choice = (await server.AnswerAsync(ToolServer.Tools + Allowed)).GetProperty("choices")[0];

        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        server.Engine.LastCall.Request.Grammar!.Gbnf.ShouldNotContain("time");
        ((ChatPrompt)server.Engine.LastCall.Request.Prompt).Tools!.Value.GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("true", "")]
    [InlineData("false", ",\"tool_choice\":\"required\"")]
    public async Task Schema_that_cannot_be_enforced_is_refused_where_it_counts(string strict, string choice)
    {
        await using var server = await ToolServer.StartAsync();

        using var response = await server.ChatAsync(Unenforceable.Replace("STRICT", strict, StringComparison.Ordinal) + choice);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await response.ErrorAsync();
        error.GetProperty("param").GetString().ShouldBe("tools[0].function.parameters");
        error.GetProperty("code").GetString().ShouldBe("invalid_function_parameters");
        error.GetProperty("message").GetString()!.ShouldContain("'if' at #/properties/a");
    }

    [Fact]
    public async Task Schema_that_cannot_be_enforced_is_any_object_where_nobody_counts_on_it()
    {
        var grammar = await GrammarAsync(Unenforceable.Replace("STRICT", "false", StringComparison.Ordinal));

        grammar!.Gbnf.ShouldContain("object ::=");
    }

    [Fact]
    public async Task Format_and_free_choice_of_tools_are_one_grammar()
    {
        var grammar = await GrammarAsync(ToolServer.Tools + ",\"response_format\":{\"type\":\"json_object\"}");

        grammar!.Triggers.ShouldBeEmpty();
        grammar.Gbnf.ShouldContain("answer ::=");
        grammar.Gbnf.ShouldContain("weather");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(",\"tool_choice\":\"none\"", false)]
    public async Task Stop_texts_count_up_to_the_first_call(string choice, bool may)
    {
        await using var server = await ToolServer.StartAsync();

        await server.AnswerAsync(ToolServer.Tools + ",\"stop\":\"x\"" + choice);

        var request = server.Engine.LastCall.Request;
        request.Stop.ShouldBe(["x"]);
        request.StopUntil.ShouldBe(may ? ["<tool_call>"] : []);
    }

    [Fact]
    public async Task Same_tools_again_are_the_same_grammar()
    {
        await using var server = await ToolServer.StartAsync();

        await server.AnswerAsync(ToolServer.Tools);
        var first = server.Engine.LastCall.Request.Grammar;
        await server.AnswerAsync(ToolServer.Tools);

        server.Engine.LastCall.Request.Grammar.ShouldBeSameAs(first);
    }

    private static bool Several(OutputGrammar grammar) => grammar.Gbnf.Split('\n').Single(line => line.StartsWith("calls ::=", StringComparison.Ordinal)).Contains(")* ", StringComparison.Ordinal);

    private static async Task<OutputGrammar?> GrammarAsync(string fields)
    {
        await using var server = await ToolServer.StartAsync();
        await server.AnswerAsync(fields);
        return server.Engine.LastCall.Request.Grammar;
    }
}
