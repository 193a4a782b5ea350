using System.Text;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Tests.Text;
using Shouldly;

namespace PolarGrid.Engine.Tests.Running;

public sealed class ShownTokenTests
{
    [Fact]
    public void Control_token_is_text_only_where_the_request_asks_for_it()
    {
        Text(new Dictionary<int, byte[]> { [5] = "[TOOL_CALLS]"u8.ToArray() }).ShouldBe("[TOOL_CALLS]");
        Text(null).ShouldBe("");
    }

    private static string Text(IReadOnlyDictionary<int, byte[]>? shown)
    {
        var stream = new GenerationStream();
        var request = new GenerationRequest { Id = "r", Tenant = "t", Prompt = new TokenPrompt([1]) };
        var group = new SequenceGroup(request, stream, []) { ShownTokens = shown };
        var writer = new TokenWriter(new CharacterTokenizer([]), 100);

        writer.Write(new Sequence(group, 0, [1], 10), 5);

        stream.Publish();
        stream.TryRead(out var item).ShouldBeTrue();
        return Encoding.UTF8.GetString(stream.TextOf(item));
    }
}
