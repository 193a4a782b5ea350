using System.Text;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using Shouldly;

namespace PolarGrid.Engine.Tests.Running;

public sealed class ThinkingMeterTests
{
    private const int BehindText = 700, OnNewLine = 701, Close = OnNewLine;
    private static readonly ThinkingEndTokens Ends = new([BehindText, Close], [OnNewLine]);

    [Theory]
    [InlineData(2, "<think>|a|b", BehindText)]
    [InlineData(2, "<think>|a|b\n", OnNewLine)]
    [InlineData(2, "<think>\n|a|b", BehindText)] // The line end came with the marker and counts as the first token.
    [InlineData(2, " |\n|<th|ink>|a|b", BehindText)]
    [InlineData(0, "<think>", OnNewLine)]
    [InlineData(1, "<think>a", BehindText)]
    [InlineData(3, "<think>|a|b", -1)]
    [InlineData(0, "<th", -1)]
    [InlineData(0, "", -1)]
    [InlineData(0, "Yes.", -1)]
    [InlineData(0, "I say|<think>|a", -1)]
    [InlineData(1, "<think>|</think>|a|b", -1)]
    [InlineData(2, "<think>|a</th|ink>|b|c", -1)]
    [InlineData(2, "<think>|a|</thi", BehindText)]
    public void Thinking_ends_when_its_tokens_are_as_many_as_allowed(int budget, string pieces, int forced) =>
        After(budget, opened: false, pieces).Forced.ShouldBe(forced);

    [Theory]
    [InlineData(0, "", OnNewLine)]
    [InlineData(2, "a|b", BehindText)]
    [InlineData(2, "a|</think>", -1)]
    public void A_prompt_may_have_opened_the_thinking(int budget, string pieces, int forced) =>
        After(budget, opened: true, pieces).Forced.ShouldBe(forced);

    [Fact]
    public void A_character_is_not_cut()
    {
        var meter = After(1, opened: true, "");
        var letters = "日"u8.ToArray();
        meter.Add(letters.AsSpan(0, 1));
        meter.Forced.ShouldBe(-1);
        meter.Add(letters.AsSpan(1, 1));
        meter.Forced.ShouldBe(-1);
        meter.Add(letters.AsSpan(2, 1));
        meter.Forced.ShouldBe(BehindText);
    }

    [Fact]
    public void Bytes_that_are_no_character_put_the_end_off_by_three_tokens_at_most()
    {
        var meter = After(1, opened: true, "");
        for (var count = 0; count < 4; count++) meter.Add([0xE6]);

        meter.Forced.ShouldBe(BehindText);
    }

    [Fact]
    public void All_tokens_of_the_end_come_and_then_the_model_goes_on()
    {
        var meter = After(1, opened: true, "a");
        meter.Forced.ShouldBe(BehindText);
        meter.Add("\n"u8);
        meter.Forced.ShouldBe(Close);
        meter.Add("</think>"u8);
        meter.Forced.ShouldBe(-1);
        meter.Add("<think>b c d"u8);
        meter.Forced.ShouldBe(-1);
    }

    [Fact]
    public async Task Loop_writes_the_end_and_the_answer_goes_on_from_it()
    {
        using var harness = new LoopHarness();
        var budget = new ThinkingBudget(new ReasoningMarkers("<think>", "</think>"), 4);
        int[] prompt = [5, 6, 7];
        var group = LoopHarness.Group(prompt, 10);
        group.Choices[0] = new Sequence(group, 0, prompt, 10) { Thinking = new ThinkingMeter(budget, Ends, opened: true) };
        harness.Submit(group);
        harness.Loop.Start();

        var answer = await Answer.ReadAsync(group);

        // What the runner answers depends on every token that it has computed, the forced ones too.
        List<int> tokens = [.. prompt];
        while (tokens.Count < prompt.Length + 10)
        {
            var at = tokens.Count - prompt.Length;
            tokens.Add(at is 4 or 5 ? Ends.BehindText[at - 4] : Math.Max(1, RecallingRunner.Next(tokens, LoopHarness.Vocabulary)));
        }

        answer.Text.ShouldBe(string.Concat(tokens.Skip(prompt.Length).Select(token => $"{token} ")));
        answer.Finishes.ShouldBe([FinishReason.Length]);
        answer.Usage.CompletionTokens.ShouldBe(10);
        harness.Runner.Barred.ShouldBe([Close]);
    }

    [Fact]
    public void Marker_of_several_tokens_is_not_one_that_can_be_barred() => new ThinkingEndTokens([1, 2, 3], [2, 3]).Marker.ShouldBe(-1);

    private static ThinkingMeter After(int budget, bool opened, string pieces)
    {
        var meter = new ThinkingMeter(new ThinkingBudget(new ReasoningMarkers("<think>", "</think>"), budget), Ends, opened);
        foreach (var piece in pieces.Split('|', StringSplitOptions.RemoveEmptyEntries)) meter.Add(Encoding.UTF8.GetBytes(piece));
        return meter;
    }
}
