using System.Text.Json;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Tests.Templates;
using PolarGrid.Engine.Tests.Text;
using PolarGrid.Engine.Text;
using PolarGrid.Engine.Tools;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Tests.Tools;

/// <summary>Conversations with calls, as real templates show them to their models.</summary>
public sealed class ToolConversationTests
{
    private static readonly ToolCall Paris = new("call_1", "weather", "{\"city\": \"Paris\"}");
    private static readonly ToolCall Oslo = new("call_2", "weather", "{\"city\": \"Oslo\"}");

    private static readonly ChatTurn[] Conversation =
    [
        new() { Role = "user", Content = "Warmer where?" },
        new() { Role = "assistant", ToolCalls = [Paris, Oslo] },
        new() { Role = "tool", ToolCallId = "call_1", Name = "weather", Content = "12 degrees" },
        new() { Role = "tool", ToolCallId = "call_2", Name = "weather", Content = "5 degrees" },
        new() { Role = "assistant", Content = "Paris." },
        new() { Role = "user", Content = "Thanks." },
    ];

    public static TheoryData<string> Templates => SharedFiles.TryGet("templates") is { } folder
        ? new(Directory.GetFiles(folder, "*.jinja").Select(file => Path.GetFileName(file)!).Order())
        : new("none.jinja");

    [SharedTheory("templates")]
    [MemberData(nameof(Templates))]
    public void Every_template_shows_tools_calls_and_results(string file)
    {
        var text = Render(file, Conversation);

        text.ShouldContain("how warm it is");
        foreach (var piece in (string[])["Paris", "Oslo", "12 degrees", "5 degrees", "Thanks."])
        {
            text.IndexOf(piece, StringComparison.Ordinal).ShouldBeGreaterThan(-1, $"{piece} in\n{text}");
        }

        text.ShouldNotContain("\\\"city\\\"");
        text.ShouldNotContain("'city'");
    }

    [SharedTheory("templates")]
    [MemberData(nameof(Templates))]
    public void Every_template_shows_text_beside_calls(string file)
    {
        var text = Render(file, [Conversation[0], Conversation[1] with { Content = "Let me look.", ToolCalls = [Paris] }, Conversation[2], Conversation[4], Conversation[5]]);

        // This one leaves the text out and takes nothing in its place.
        if (file != "Mistral-Small-3.2-24B-Instruct-2506.jinja") text.ShouldContain("Let me look.");
        text.ShouldContain("Paris");
    }

    [Fact]
    public void Template_without_tools_gets_them_in_a_system_message_and_calls_as_text()
    {
        var adapted = ToolConversation.Adapt(new ChatPrompt { Messages = Conversation, Tools = Tools() }, TemplateTraits.Plain);

        adapted.Tools.ShouldBeNull();
        adapted.Messages.Select(turn => turn.Role).ShouldBe(["system", "user", "assistant", "user", "assistant", "user"]);
        adapted.Messages[0].Content.ShouldNotBeNull().ShouldContain("how warm it is");
        adapted.Messages[2].Content.ShouldBe(
            "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Paris\"}}\n</tool_call>\n<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>");
        adapted.Messages[3].Content.ShouldBe("<tool_response>\n12 degrees\n</tool_response>\n<tool_response>\n5 degrees\n</tool_response>");
    }

    [Fact]
    public void Results_as_text_join_the_message_behind_them()
    {
        var adapted = ToolConversation.Adapt(
            new ChatPrompt { Messages = [Conversation[0], Conversation[1], Conversation[2], Conversation[5]] }, TemplateTraits.Plain);

        adapted.Messages.Select(turn => turn.Role).ShouldBe(["user", "assistant", "user"]);
        adapted.Messages[2].Content.ShouldBe("<tool_response>\n12 degrees\n</tool_response>\nThanks.");
    }

    [Fact]
    public void Template_that_takes_no_system_message_gets_the_tools_in_the_first_one()
    {
        var adapted = ToolConversation.Adapt(
            new ChatPrompt { Messages = [Conversation[0]], Tools = Tools() }, new TemplateTraits { TakesSystemMessage = false });

        adapted.Messages.Single().Role.ShouldBe("user");
        adapted.Messages[0].Content.ShouldNotBeNull().ShouldEndWith("Warmer where?");
    }

    [Fact]
    public void Ids_become_nine_letters_where_the_template_insists()
    {
        var traits = new TemplateTraits { NineCharacterCallIds = true };

        CallIds.For("call_0123456789", traits).ShouldMatch("^[0-9a-z]{9}$");
        CallIds.For("call_0123456789", traits).ShouldBe(CallIds.For("call_0123456789", traits));
        CallIds.For("abcDEF123", traits).ShouldBe("abcDEF123");
        CallIds.For("call_0123456789", TemplateTraits.Plain).ShouldBe("call_0123456789");
    }

    private static string Render(string file, ChatTurn[] messages)
    {
        var template = ChatTemplate.Parse(File.ReadAllText(SharedFiles.Get("templates/" + file))).Value!;
        var traits = TemplateReader.Read(template);
        var chat = ToolConversation.Adapt(new ChatPrompt { Messages = messages, Tools = Tools() }, traits);
        var rendered = template.Render(TemplateVariables.For(chat, new CharacterTokenizer([]), traits, FixedClock.Instance));
        rendered.Error.ShouldBeNull();
        return rendered.Value!.Text;
    }

    private static JsonElement Tools()
    {
        using var document = JsonDocument.Parse(
            """[{"type":"function","function":{"name":"weather","description":"how warm it is","parameters":{"type":"object","properties":{"city":{"type":"string","description":"which"}},"required":["city"]}}}]""");
        return document.RootElement.Clone();
    }
}
