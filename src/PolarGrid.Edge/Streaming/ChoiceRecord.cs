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
    private readonly LogprobBlock waiting = new();
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
    public LogprobBlock Logprobs { get; } = new();

    public void Add(ReadOnlySpan<byte> text, int tokens, LogprobRange? range)
    {
        if (range is { } some) (reader is null ? Logprobs : waiting).Append(some.Block, some.Start, some.Count);
        if (reader is null) content.Write(text);
        else reader.Add(text, tokens);
    }

    public void End(FinishReason reason)
    {
        Finish = reason;
        reader?.End();
    }

    public void Content(ReadOnlySpan<byte> text)
    {
        content.Write(text);
        Logprobs.Append(waiting, 0, waiting.Count);
        waiting.Clear();
    }

    public void Reasoning(ReadOnlySpan<byte> text)
    {
        waiting.Clear();
        (reasoning ??= new()).Write(text);
    }

    public void CallStarted(string name)
    {
        waiting.Clear();
        this.name = name;
        arguments.ResetWrittenCount();
    }

    public void Arguments(ReadOnlySpan<byte> json)
    {
        waiting.Clear();
        arguments.Write(json);
    }

    public void CallEnded()
    {
        waiting.Clear();
        calls.Add((name, Encoding.UTF8.GetString(arguments.WrittenSpan)));
    }
}
