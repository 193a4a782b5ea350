using PolarGrid.Engine.Llama.Sampling;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

public sealed class LogitEditsTests
{
    [Fact]
    public void A_row_is_put_back_exactly()
    {
        var row = Rows.Random(50, 3, seed: 1);
        var edits = new LogitEdits(
            new SamplingSettings { LogitBias = [new(3, 5), new(3, -2), new(7, -100)], FrequencyPenalty = 1, RepetitionPenalty = 1.3f },
            [3, 4, 5],
            [7, 9]);
        edits.Accept(3);
        var changed = row.ToArray();

        edits.Apply(changed, allowEnd: false);
        changed.ShouldNotBe(row);
        edits.Undo(changed);

        changed.ShouldBe(row);
    }

    [Fact]
    public void Bias_adds_up()
    {
        float[] row = [1, 2, 3];
        new LogitEdits(new SamplingSettings { LogitBias = [new(0, 10), new(2, -4), new(0, 1)] }, [], []).Apply(row, allowEnd: true);
        row.ShouldBe([12, 2, -1]);
    }

    [Fact]
    public void Frequency_and_presence_count_the_answer_and_not_the_prompt()
    {
        float[] row = [1, 2, -3, 4];
        var edits = new LogitEdits(new SamplingSettings { FrequencyPenalty = 0.5f, PresencePenalty = 0.25f }, [0, 0, 3], []);
        foreach (var token in (int[])[1, 2, 2]) edits.Accept(token);

        edits.Apply(row, allowEnd: true);

        row.ShouldBe([1, 2 - 0.75f, -3 - 1.25f, 4]);
    }

    [Fact]
    public void Repetition_counts_prompt_and_answer_and_never_helps_a_token()
    {
        float[] row = [1, 2, -3, 4];
        var edits = new LogitEdits(new SamplingSettings { RepetitionPenalty = 2 }, [0, 2], []);
        edits.Accept(3);

        edits.Apply(row, allowEnd: true);

        row.ShouldBe([0.5f, 2, -6, 2]);
    }

    [Fact]
    public void Ending_can_be_forbidden()
    {
        float[] row = [1, 2, 3];
        var edits = new LogitEdits(new SamplingSettings { LogitBias = [new(2, 100)] }, [], [2]);

        edits.Apply(row, allowEnd: false);
        row[2].ShouldBe(float.NegativeInfinity);
        edits.Undo(row);
        edits.Apply(row, allowEnd: true);

        row[2].ShouldBe(103);
    }

    [Fact]
    public void Barred_token_stays_barred_whatever_its_bias()
    {
        float[] row = [1, 2, 3];
        var edits = new LogitEdits(new SamplingSettings { LogitBias = [new(1, 100)] }, [], []);
        edits.Bar(1);

        foreach (var _ in (int[])[1, 2])
        {
            edits.Apply(row, allowEnd: true);
            row[1].ShouldBe(float.NegativeInfinity);
            edits.Undo(row);
        }

        row.ShouldBe([1, 2, 3]);
    }
}
