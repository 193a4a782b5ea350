using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Tools;
using Shouldly;

namespace PolarGrid.Engine.Tests.Answers;

public sealed class ReasoningReadingTests
{
    private const string Call = "<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>";

    [Theory]
    [InlineData(ReasoningStyle.Inline, "<think>\nhm\n</think>\n\nYes.", "<think>\nhm\n</think>\n\nYes.|")]
    [InlineData(ReasoningStyle.Separate, "<think>\nhm\n</think>\n\nYes.", "Yes.|hm")]
    [InlineData(ReasoningStyle.Hidden, "<think>\nhm\n</think>\n\nYes.", "Yes.|")]
    [InlineData(ReasoningStyle.Separate, "\n<think>a < b </thin </think>Yes.", "Yes.|a < b </thin")]
    [InlineData(ReasoningStyle.Separate, "<think></think>Yes.", "Yes.|")]
    [InlineData(ReasoningStyle.Separate, "Yes, <think>no</think>.", "Yes, <think>no</think>.|")]
    [InlineData(ReasoningStyle.Separate, " Yes.", " Yes.|")]
    [InlineData(ReasoningStyle.Separate, "<think>cut ", "|cut")]
    [InlineData(ReasoningStyle.Separate, "<thin", "<thin|")]
    [InlineData(ReasoningStyle.Inline, "<think>cut </thi", "<think>cut </thi|")]
    public void Thinking_is_taken_off_the_front(ReasoningStyle style, string text, string expected) =>
        EveryCut(Reading.Thinking(style), text, opened: false).ShouldBe(expected);

    [Theory]
    [InlineData(ReasoningStyle.Inline, "hm</think>Yes.", "<think>\nhm</think>Yes.|")]
    [InlineData(ReasoningStyle.Separate, "hm</think>\nYes.", "Yes.|hm")]
    [InlineData(ReasoningStyle.Separate, "<think>hm</think>\nYes.", "Yes.|hm")]
    [InlineData(ReasoningStyle.Hidden, "hm</think>\nYes.", "Yes.|")]
    public void Block_that_the_prompt_opened_is_thinking_from_the_first_token(ReasoningStyle style, string text, string expected) =>
        EveryCut(Reading.Thinking(style), text, opened: true).ShouldBe(expected);

    [Theory]
    [InlineData(ReasoningStyle.Separate, $"<think>I could {Call}</think>\n{Call}", $"|I could {Call}|f({{}})")]
    [InlineData(ReasoningStyle.Inline, $"<think>I could {Call}</think>\n{Call}", $"<think>I could {Call}</think>||f({{}})")]
    [InlineData(ReasoningStyle.Separate, $"<think>I could {Call}", $"|I could {Call}")]
    public void Call_inside_thinking_is_no_call(ReasoningStyle style, string text, string expected) =>
        EveryCut(Reading.Thinking(style, ToolFamily.Hermes), text, opened: false).ShouldBe(expected);

    [Theory]
    [InlineData(ReasoningStyle.Inline)]
    [InlineData(ReasoningStyle.Separate)]
    [InlineData(ReasoningStyle.Hidden)]
    public void Tokens_of_thinking_are_counted_whatever_is_shown(ReasoningStyle style)
    {
        var reader = new AnswerReader(Reading.Thinking(style), opened: false, new RecordingSink());

        foreach (var token in (string[])["<think>", "\n", "hm", "</think>", "\n\n", "Yes", "."]) reader.Add(Encoding.UTF8.GetBytes(token), 1);
        reader.End();

        reader.ReasoningTokens.ShouldBe(4);
    }

    private static string EveryCut(AnswerPlan plan, string text, bool opened)
    {
        var whole = Reading.Whole(plan, text, opened).ToString();
        Reading.ByCharacter(plan, text, opened).ToString().ShouldBe(whole);
        for (var seed = 0; seed < 100; seed++) Reading.AtRandom(plan, text, new Random(seed), opened).ToString().ShouldBe(whole);
        return whole;
    }
}
