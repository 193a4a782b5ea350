using System.Text;
using PolarGrid.Engine.Answers;
using Shouldly;

namespace PolarGrid.Engine.Tests.Answers;

/// <summary>Joins the parts of an answer: <c>content|reasoning|name(arguments)…</c>.</summary>
internal sealed class RecordingSink : IAnswerSink
{
    private readonly StringBuilder content = new();
    private readonly StringBuilder reasoning = new();
    private bool open;

    public List<(string Name, StringBuilder Arguments)> Calls { get; } = [];

    /// <summary>Pieces of arguments, to see that they come as they are generated.</summary>
    public List<string> ArgumentPieces { get; } = [];

    public string Text => content.ToString();

    public string Thinking => reasoning.ToString();

    public void Content(ReadOnlySpan<byte> text)
    {
        open.ShouldBe(false);
        content.Append(Read(text));
    }

    public void Reasoning(ReadOnlySpan<byte> text) => reasoning.Append(Read(text));

    public void CallStarted(string name)
    {
        open.ShouldBe(false);
        open = true;
        Calls.Add((name, new StringBuilder()));
    }

    public void Arguments(ReadOnlySpan<byte> json)
    {
        open.ShouldBe(true);
        var text = Read(json);
        ArgumentPieces.Add(text);
        Calls[^1].Arguments.Append(text);
    }

    public void CallEnded()
    {
        open.ShouldBe(true);
        open = false;
    }

    public override string ToString() =>
        string.Join('|', (string[])[Text, Thinking, .. Calls.Select(call => $"{call.Name}({call.Arguments})")]);

    private static string Read(ReadOnlySpan<byte> text)
    {
        text.Length.ShouldBeGreaterThan(0);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text);
    }
}

