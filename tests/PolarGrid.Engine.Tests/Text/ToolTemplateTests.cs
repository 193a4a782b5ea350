using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Text;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Tests.Text;

public sealed class ToolTemplateTests
{
    [Theory]
    [InlineData(true, "tools:hi")]
    [InlineData(false, "plain:hi")]
    public void Conversation_with_tools_uses_the_template_made_for_them(bool tools, string expected)
    {
        var builder = new PromptBuilder(
            new ScriptedTextEngine().Model,
            new CharacterTokenizer([]),
            Parse("plain:{{ messages[-1].content }}"),
            TimeProvider.System,
            Parse("tools:{{ messages[-1].content }}"));
        using var none = System.Text.Json.JsonDocument.Parse("[]");
        var prompt = new ChatPrompt { Messages = [new ChatTurn { Role = "user", Content = "hi" }], Tools = tools ? none.RootElement : null };

        var (tokens, _, error) = builder.Build(new GenerationRequest { Id = "r", Tenant = "t", Prompt = prompt });

        error.ShouldBeNull();
        string.Concat(tokens!.Select(token => (char)token)).ShouldEndWith(expected);
    }

    private static ChatTemplate Parse(string source) => ChatTemplate.Parse(source).Value!;
}
