using PolarGrid.Engine;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Edge.Streaming;

/// <summary>Sends one choice's content, thinking and calls as chunks (wire format 7.2 and 7.3).</summary>
internal sealed class ChoiceStream : IAnswerSink
{
    private readonly int choice;
    private readonly SseWriter writer;
    private readonly ChunkFormat format;
    private readonly bool asFunctionCall;
    private readonly AnswerReader reader;
    private readonly ContentLogprobs logprobs = new();
    private byte[] beforeArguments = [];
    private int calls;

    public ChoiceStream(int choice, AnswerShape shape, bool opensInThinking, SseWriter writer, ChunkFormat format)
    {
        this.choice = choice;
        this.writer = writer;
        this.format = format;
        asFunctionCall = shape.AsFunctionCall;
        reader = new AnswerReader(shape.Plan, opensInThinking, this);
    }

    public int ReasoningTokens => reader.ReasoningTokens;

    /// <summary>Takes a delta's text, and the log-probabilities that came with it: they go out with content only.</summary>
    public void Add(ReadOnlySpan<byte> text, int tokens, LogprobRange? range)
    {
        if (range is { } some) logprobs.Add(some);
        reader.Add(text, tokens);
    }

    /// <summary>Sends what was held back.</summary>
    /// <returns>The ending that fits.</returns>
    public byte[] End(FinishReason reason)
    {
        reader.End();
        if (calls == 0 || reason == FinishReason.Length) return format.EndingOf(reason);
        return asFunctionCall ? format.FunctionCalled : format.ToolsCalled;
    }

    public void Settled(ReadOnlySpan<byte> text, bool isContent) => logprobs.Settle(text, isContent);

    public void Content(ReadOnlySpan<byte> text)
    {
        var ready = logprobs.Ready;
        if (ready.Count == 0)
        {
            writer.Delta(choice, text);
            return;
        }

        writer.Delta(choice, text, new LogprobRange(ready, 0, ready.Count));
        ready.Clear();
    }

    public void Reasoning(ReadOnlySpan<byte> text) => writer.Text(choice, format.BeforeReasoning, text, format.AfterText);

    public void CallStarted(string name)
    {
        beforeArguments = asFunctionCall ? format.BeforeFunctionArguments : ChunkFormat.BeforeArguments(calls);
        writer.Raw(choice, asFunctionCall ? format.FunctionStart(name) : format.CallStart(calls, AnswerIdentity.NewId("call_"), name));
        calls++;
    }

    public void Arguments(ReadOnlySpan<byte> json) =>
        writer.Text(choice, beforeArguments, json, asFunctionCall ? format.AfterFunctionArguments : format.AfterArguments);

    public void CallEnded()
    {
    }
}
