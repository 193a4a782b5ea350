using PolarGrid.Engine.Tools;

namespace PolarGrid.Engine.Answers;

/// <summary>
/// Splits one choice's text into thinking, content and tool calls while it comes in. Nothing is lost: what only looked like a call
/// is content. However the text is cut into pieces, the parts are the same.
/// </summary>
/// <remarks>Not thread-safe. Allocates per call, not per piece.</remarks>
public sealed class AnswerReader
{
    private readonly ITextTaker answer;
    private readonly ReasoningReader? reasoning;

    /// <param name="plan">What may occur.</param>
    /// <param name="opened">Whether the prompt ended inside a thinking block.</param>
    /// <param name="sink">Gets the parts.</param>
    public AnswerReader(AnswerPlan plan, bool opened, IAnswerSink sink)
    {
        ArgumentNullException.ThrowIfNull(plan);
        answer = plan.Tools is { } tools ? new ToolCallReader(tools, plan.ToolNames, sink) : new ContentTaker(sink);
        if (plan.Reasoning is { } markers) reasoning = new ReasoningReader(markers, opened, plan.Style, sink, answer);
    }

    /// <summary>Tokens that were spent on thinking.</summary>
    public int ReasoningTokens { get; private set; }

    /// <param name="text">UTF-8, whole characters.</param>
    /// <param name="tokens">How many tokens it took.</param>
    public void Add(ReadOnlySpan<byte> text, int tokens)
    {
        if (reasoning is null)
        {
            answer.Add(text);
            return;
        }

        var inside = reasoning.IsInside;
        reasoning.Add(text);
        if (inside || reasoning.IsInside) ReasoningTokens += tokens;
    }

    /// <summary>No more text comes.</summary>
    public void End()
    {
        reasoning?.End();
        answer.End();
    }

    private sealed class ContentTaker(IAnswerSink sink) : ITextTaker
    {
        public void Add(ReadOnlySpan<byte> text)
        {
            if (text.IsEmpty) return;
            sink.Settled(text, isContent: true);
            sink.Content(text);
        }

        public void End()
        {
        }
    }
}
