using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools;
using Shouldly;

namespace PolarGrid.Engine.Tests.Answers;

/// <summary>Taking answers apart may allocate for a call, not for a token.</summary>
public sealed class AllocationTests
{
    private const int Tokens = 20_000;

    [Theory]
    [InlineData("<think>", "hm < a ")]
    [InlineData("", "word <b> ")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"", "word \\\" ")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": \\\"", "word \\\\ ")]
    public void Token_allocates_nothing(string before, string token)
    {
        var reader = new AnswerReader(Reading.Thinking(ReasoningStyle.Separate, ToolFamily.Hermes), opened: false, new NoSink());
        var bytes = System.Text.Encoding.UTF8.GetBytes(token);
        reader.Add(System.Text.Encoding.UTF8.GetBytes(before), 1);
        for (var warm = 0; warm < 100; warm++) reader.Add(bytes, 1);

        // The runtime may allocate something of its own once; what tokens allocate is there every time.
        Enumerable.Range(0, 3).Min(_ => Allocated(() => reader.Add(bytes, 1))).ShouldBeLessThan(Tokens / 10);
    }

    private static long Allocated(Action token)
    {
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < Tokens; count++) token();
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private sealed class NoSink : IAnswerSink
    {
        public void Content(ReadOnlySpan<byte> text)
        {
        }

        public void Reasoning(ReadOnlySpan<byte> text)
        {
        }

        public void CallStarted(string name)
        {
        }

        public void Arguments(ReadOnlySpan<byte> json)
        {
        }

        public void CallEnded()
        {
        }
    }
}
