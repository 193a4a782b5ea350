using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Engine.Tests.Answers;

/// <summary>Runs whole texts through an <see cref="AnswerReader"/>, cut in every way.</summary>
internal static class Reading
{
    private static readonly ReasoningMarkers Think = new("<think>", "</think>");

    public static AnswerPlan Tools(ToolFamily family) => new() { Tools = ToolFormat.Of(family), ToolNames = ["weather", "time", "f"] };

    public static AnswerPlan Thinking(ReasoningStyle style, ToolFamily? family = null) =>
        (family is { } tools ? Tools(tools) : new AnswerPlan()) with { Reasoning = Think, Style = style };

    public static RecordingSink Whole(AnswerPlan plan, string text, bool opened = false) => Read(plan, [text], opened);

    public static RecordingSink ByCharacter(AnswerPlan plan, string text, bool opened = false) =>
        Read(plan, text.EnumerateRunes().Select(rune => rune.ToString()), opened);

    public static RecordingSink AtRandom(AnswerPlan plan, string text, Random random, bool opened = false)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            piece.Append(rune.ToString());
            if (random.Next(4) != 0) continue;
            pieces.Add(piece.ToString());
            piece.Clear();
        }

        pieces.Add(piece.ToString());
        return Read(plan, pieces, opened);
    }

    public static RecordingSink Read(AnswerPlan plan, IEnumerable<string> pieces, bool opened = false)
    {
        var sink = new RecordingSink();
        var reader = new AnswerReader(plan, opened, sink);
        foreach (var piece in pieces) reader.Add(Encoding.UTF8.GetBytes(piece), 1);
        reader.End();
        return sink;
    }
}
