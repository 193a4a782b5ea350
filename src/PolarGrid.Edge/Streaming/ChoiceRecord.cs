using System.Buffers;
using System.Text;
using PolarGrid.Engine;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Edge.Streaming;

/// <summary>Gathers one choice's content, thinking and calls.</summary>
internal sealed class ChoiceRecord : IAnswerSink
{
    private readonly ArrayBufferWriter<byte> content = new();
    private readonly ArrayBufferWriter<byte> arguments = new();
    private readonly List<(string Name, string Arguments)> calls = [];
    private readonly ContentLogprobs picked = new();
    private readonly AnswerReader? reader;
    private ArrayBufferWriter<byte>? reasoning;
    private string name = "";

    /// <param name="shape">Null: all of the text is content.</param>
    /// <param name="opensInThinking">Whether the prompt ended inside a thinking block.</param>
    public ChoiceRecord(AnswerShape? shape, bool opensInThinking) =>
        reader = shape is null ? null : new AnswerReader(shape.Plan, opensInThinking, this);

    public FinishReason Finish { get; private set; }

    public int ReasoningTokens => reader?.ReasoningTokens ?? 0;

    public IReadOnlyList<(string Name, string Arguments)> Calls => calls;

    public string Text => Encoding.UTF8.GetString(content.WrittenSpan);

    /// <summary>Null when there was none, or none to be shown.</summary>
    public string? Thinking => reasoning is null ? null : Encoding.UTF8.GetString(reasoning.WrittenSpan);

    /// <summary>Those of the content's tokens.</summary>
    public LogprobBlock Logprobs => picked.Ready;

    public void Add(ReadOnlySpan<byte> text, int tokens, LogprobRange? range)
    {
        if (reader is null)
        {
            if (range is { } all) Logprobs.Append(all.Block, all.Start, all.Count);
            content.Write(text);
            return;
        }

        if (range is { } some) picked.Add(some);
        reader.Add(text, tokens);
    }

    public void End(FinishReason reason)
    {
        Finish = reason;
        reader?.End();
    }

    public void Settled(ReadOnlySpan<byte> text, bool isContent) => picked.Settle(text, isContent);

    public void Content(ReadOnlySpan<byte> text) => content.Write(text);

    public void Reasoning(ReadOnlySpan<byte> text) => (reasoning ??= new()).Write(text);

    public void CallStarted(string name)
    {
        this.name = name;
        arguments.ResetWrittenCount();
    }

    public void Arguments(ReadOnlySpan<byte> json) => arguments.Write(json);

    public void CallEnded() => calls.Add((name, Encoding.UTF8.GetString(arguments.WrittenSpan)));
}
