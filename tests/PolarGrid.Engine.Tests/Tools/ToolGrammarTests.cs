using System.Text;
using System.Text.Json;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Tests.Answers;
using PolarGrid.Engine.Tools;
using Shouldly;

namespace PolarGrid.Engine.Tests.Tools;

/// <summary>What the grammars of each family accept, and that what they accept is read as the same calls.</summary>
public sealed class ToolGrammarTests
{
    private static readonly ReasoningMarkers Think = new("<think>", "</think>");
    private static readonly ToolSchema Weather = new("weather", Json("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""), MustFollow: true);
    private static readonly ToolSchema Time = new("time", null, MustFollow: false);
    private static readonly ToolCall Call = new("", "weather", "{\"city\": \"Paris\"}");

    public static TheoryData<ToolFamily> Families => new(Enum.GetValues<ToolFamily>());

    [Theory]
    [MemberData(nameof(Families))]
    public void Required_call_is_accepted_as_the_model_writes_it_and_nothing_else(ToolFamily family)
    {
        var format = ToolFormat.Of(family);
        var grammar = Compile(format, new ToolDemand { Required = true });

        var text = format.Write([Call]);
        Accepts(grammar, text).ShouldBeTrue(text);
        Accepts(grammar, format.Write([Call, new ToolCall("", "time", "{}")])).ShouldBeTrue();
        Reading.Whole(Plan(family), text).ToString().ShouldBe("||weather({\"city\": \"Paris\"})");
        Accepts(grammar, "Hello").ShouldBeFalse();
        Accepts(grammar, "").ShouldBeFalse();
        Accepts(grammar, format.Write([Call with { Name = "other" }])).ShouldBeFalse();
        Accepts(grammar, format.Write([Call with { Arguments = "{\"city\": 5}" }])).ShouldBeFalse();
        Accepts(grammar, format.Write([Call with { Arguments = "{}" }])).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Single_call_ends_the_answer(ToolFamily family)
    {
        var format = ToolFormat.Of(family);
        var grammar = Compile(format, new ToolDemand { Required = true, Single = true });

        Accepts(grammar, format.Write([Call])).ShouldBeTrue();
        Accepts(grammar, format.Write([Call, Call])).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Free_answer_is_held_to_the_grammar_from_the_opener_on(ToolFamily family)
    {
        var format = ToolFormat.Of(family);
        var (grammar, _, _) = ToolGrammar.Write(format, [Weather, Time], new ToolDemand());

        var text = format.Write([Call]);
        if (family == ToolFamily.Llama3)
        {
            Accepts(grammar!, text).ShouldBeTrue();
            Accepts(grammar!, "Hello {\"name\": 1}").ShouldBeTrue();
            Accepts(grammar!, "{\"names\": 1").ShouldBeTrue();
            Accepts(grammar!, "").ShouldBeTrue();
            Accepts(grammar!, "{ \"name\": \"Ann\"}").ShouldBeFalse();
            return;
        }

        var trigger = grammar!.Triggers.Single(text.StartsWith);
        Accepts(grammar, text[trigger.Length..]).ShouldBeTrue();
        Accepts(grammar, " of the others").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Thinking_before_a_required_call_is_free(ToolFamily family)
    {
        var format = ToolFormat.Of(family);
        var text = format.Write([Call]);

        var grammar = Compile(format, new ToolDemand { Required = true, Thinking = Think });
        Accepts(grammar, "<think>\nI <b>think</b> </think>\n\n" + text).ShouldBeTrue();
        Accepts(grammar, text).ShouldBeTrue();
        Accepts(grammar, "<think>\nyes</think>\nHello").ShouldBeFalse();

        var opened = Compile(format, new ToolDemand { Required = true, Thinking = Think, ThinkingOpened = true });
        (opened.Triggers.Single(), opened.TriggerRequired).ShouldBe(("</think>", true));
        Accepts(opened, "\n\n" + text).ShouldBeTrue();
        Accepts(opened, "\n\nHello").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Free_answer_after_thinking_may_be_text_calls_or_both(ToolFamily family)
    {
        var format = ToolFormat.Of(family);
        var text = format.Write([Call]);
        foreach (var opened in (bool[])[true, false])
        {
            var grammar = Compile(format, new ToolDemand { Thinking = Think, ThinkingOpened = opened });
            var before = opened ? "\n\n" : "<think>one <tool_call> two</think>\n\n";

            Accepts(grammar, before).ShouldBeTrue();
            Accepts(grammar, before + "Hello <tool").ShouldBeTrue();
            Accepts(grammar, before + text).ShouldBeTrue();
            if (family != ToolFamily.Llama3) Accepts(grammar, before + "Look: " + text).ShouldBeTrue();
            if (family != ToolFamily.Llama3) Accepts(grammar, before + "Look: " + format.OpenerTexts[0] + " is a marker").ShouldBeFalse();
        }
    }

    [Fact]
    public void Schema_that_cannot_be_enforced_is_named_or_becomes_any_object()
    {
        var schema = Json("""{"type":"object","properties":{"a":{"if":{"type":"string"}}}}""");

        var (none, tool, error) = ToolGrammar.Write(ToolFormat.Of(ToolFamily.Hermes), [Time, new ToolSchema("x", schema, MustFollow: true)], new ToolDemand { Required = true });
        (none, tool, error!.Keyword, error.Path).ShouldBe((null, 1, "if", "#/properties/a"));

        var (grammar, _, _) = ToolGrammar.Write(ToolFormat.Of(ToolFamily.Hermes), [new ToolSchema("x", schema, MustFollow: false)], new ToolDemand { Required = true });
        Accepts(grammar!, "<tool_call>{\"name\": \"x\", \"arguments\": {\"b\": [1, {}]}}</tool_call>").ShouldBeTrue();
        Accepts(grammar!, "<tool_call>{\"name\": \"x\", \"arguments\": [1]}</tool_call>").ShouldBeFalse();
    }

    [Fact]
    public void Schema_without_a_type_still_means_an_object()
    {
        var tool = new ToolSchema("x", Json("""{"properties":{"a":{"type":"integer"}}}"""), MustFollow: true);

        var (grammar, _, _) = ToolGrammar.Write(ToolFormat.Of(ToolFamily.Hermes), [tool], new ToolDemand { Required = true });

        Accepts(grammar!, "<tool_call>{\"name\": \"x\", \"arguments\": {\"a\": 1}}</tool_call>").ShouldBeTrue();
        Accepts(grammar!, "<tool_call>{\"name\": \"x\", \"arguments\": 7}</tool_call>").ShouldBeFalse();
    }

    private static AnswerPlan Plan(ToolFamily family) => new() { Tools = ToolFormat.Of(family), ToolNames = ["weather", "time"] };

    private static OutputGrammar Compile(ToolFormat format, ToolDemand demand)
    {
        var (grammar, _, error) = ToolGrammar.Write(format, [Weather, Time], demand);
        error.ShouldBeNull();
        return grammar!;
    }

    private static bool Accepts(OutputGrammar output, string text)
    {
        var compiled = Grammar.Compile(output.Gbnf);
        compiled.Succeeded.ShouldBeTrue($"{compiled.Error}\n{output.Gbnf}");
        var state = compiled.Value.Start;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            state = compiled.Value.Next(state, value);
            if (state.Epoch < 0) return false;
        }

        return state.Accepts;
    }

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
