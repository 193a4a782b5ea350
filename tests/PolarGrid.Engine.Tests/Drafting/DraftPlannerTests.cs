using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Tests.Running;

namespace PolarGrid.Engine.Tests.Drafting;

public sealed class DraftPlannerTests
{
    private const int Plenty = 1000;

    /// <summary>As measured with 135M parameters on two cores: one row has a path of its own, sixteen cost what eight do.</summary>
    private static readonly PassCosts Uneven = new([(1, 5.8), (2, 14), (4, 20), (8, 21.6), (16, 23.3), (17, 26.7), (24, 35), (32, 44)]);

    /// <summary>More rows are nearly free.</summary>
    private static readonly PassCosts Flat = new([(1, 10), (32, 11)]);

    [Fact]
    public void A_sequence_that_repeats_itself_gets_as_many_as_pay_most()
    {
        var sequence = Repeating();
        Assert.True(Planner(Uneven).Plan([sequence], 1, Plenty, 0));
        Assert.Equal(15, sequence.Drafted);
    }

    [Fact]
    public void A_sequence_alone_whose_guesses_fail_computes_one_row()
    {
        var sequence = Failing();
        Assert.False(Planner(Uneven).Plan([sequence], 1, Plenty, 0));
        Assert.Equal(0, sequence.Drafted);
    }

    /// <summary>There attention is most of a pass, and every row pays for it alone.</summary>
    [Fact]
    public void In_a_very_long_context_rows_are_not_cheap_any_more()
    {
        var costs = new PassCosts([(1, 5.8), (8, 21.6), (16, 23.3), (32, 44)], perRowAndCell: 0.00027);
        Assert.True(Planner(costs).Plan([Failing()], 1, Plenty, 0) is false && Planner(costs).Plan([Repeating()], 1, Plenty, 0));
        Assert.False(Planner(costs).Plan([Repeating()], 1, Plenty, 500_000));
    }

    /// <summary>Measured in a noisy moment, or with a kernel that is at its best with sixteen rows.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wider_pass_that_seems_cheaper_is_no_reason_to_guess(bool separate)
    {
        var costs = new PassCosts([(1, 10), (8, 30), (16, 20), (32, 40)]);
        List<Sequence> all = [.. Enumerable.Range(0, 8).Select(Failing)];
        Assert.False(new DraftPlanner(15, costs, 4096, separate).Plan(all, 8, Plenty, 0));
    }

    [Fact]
    public void A_sequence_without_repetition_computes_one_row()
    {
        Assert.False(Planner(Flat).Plan([Fresh()], 1, Plenty, 0));
    }

    [Fact]
    public void A_short_match_pays_only_where_rows_are_cheap()
    {
        Assert.False(Planner(Uneven).Plan([Guessing()], 1, Plenty, 0));
        Assert.True(Planner(Flat).Plan([Guessing()], 1, Plenty, 0));
    }

    [Fact]
    public void Rows_that_an_even_pass_has_free_go_to_whom_they_help()
    {
        // Four rows of one take turns in 23.2; sixteen rows cost the same.
        List<Sequence> all = [Fresh(), Repeating(), Failing(), Fresh()];
        Assert.True(Planner(Uneven).Plan(all, 1, Plenty, 0));
        Assert.Equal(0, all[0].Drafted);
        Assert.True(all[1].Drafted >= 8);
        Assert.Equal(0, all[3].Drafted);
    }

    [Fact]
    public void Nobody_is_slowed_down_much_for_another_ones_guesses()
    {
        // Two that take turns get a token in 11.6; a pass with sixteen rows would take twice as long for the one who gains nothing.
        List<Sequence> all = [Fresh(), Repeating()];
        Assert.False(Planner(Uneven).Plan(all, 1, Plenty, 0));
        Assert.Equal(0, all[1].Drafted);
    }

    [Fact]
    public void Where_only_equal_numbers_are_computed_together_all_get_the_same_and_poor_guesses_fill_up()
    {
        List<Sequence> all = [Repeating(0), Repeating(1), Repeating(2), Fresh(3)];
        Assert.True(Planner(Uneven, separate: true).Plan(all, 1, Plenty, 0));
        Assert.All(all, sequence => Assert.Equal(3, sequence.Drafted));
        Assert.Equal(Enumerable.Repeat(all[3].Tokens[^1], 3), all[3].Draft[..3].ToArray());
    }

    [Fact]
    public void Scattered_sequences_that_would_be_passes_of_their_own_cost_as_much()
    {
        List<Sequence> scattered = [Repeating(0), Fresh(2), Fresh(4), Fresh(6)];
        Assert.False(Planner(Uneven, separate: true).Plan(scattered, 1, Plenty, 0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    public void There_are_never_more_than_there_is_room_for(int room, int most)
    {
        var sequence = Repeating();
        Planner(Flat).Plan([sequence], 1, room, 0);
        Assert.Equal(most, sequence.Drafted);
    }

    [Fact]
    public void There_are_never_more_than_the_answer_or_the_sequence_may_still_have()
    {
        var ending = Repeating(maxTokens: 124);
        Planner(Flat).Plan([ending], 1, Plenty, 0);
        Assert.Equal(3, ending.Drafted);

        var full = Repeating();
        new DraftPlanner(15, Flat, full.Tokens.Count + 2, separate: false).Plan([full], 1, Plenty, 0);
        Assert.Equal(2, full.Drafted);
    }

    [Fact]
    public void More_sequences_than_passes_were_measured_for_are_left_alone()
    {
        List<Sequence> all = [.. Enumerable.Range(0, 40).Select(slot => Repeating(slot))];
        Assert.False(Planner(Flat).Plan(all, 40, Plenty, 0));
        Assert.All(all, sequence => Assert.Equal(0, sequence.Drafted));
    }

    [Fact]
    public void The_same_tokens_give_the_same_plan_however_often_it_was_asked()
    {
        var once = Repeating();
        var often = Repeating();
        var planner = Planner(Uneven);
        for (var at = 0; at < 20; at++) planner.Plan([often], 1, Plenty, 0);
        planner.Plan([once], 1, Plenty, 0);
        Assert.Equal(once.Drafted, often.Drafted);
    }

    private static DraftPlanner Planner(PassCosts costs, bool separate = false) => new(15, costs, 4096, separate);

    private static Sequence Fresh(int slot = 0) => With(slot, [.. Enumerable.Range(1, 20)], [.. Enumerable.Range(500, 60)]);

    private static Sequence Guessing() => With(0, [.. Enumerable.Range(1, 20), 5, 6], []);

    /// <summary>Copies its prompt three times.</summary>
    private static Sequence Repeating(int slot = 0, int maxTokens = 1000) =>
        With(slot, [.. Enumerable.Range(1, 40)], [.. Enumerable.Range(0, 3).SelectMany(_ => Enumerable.Range(1, 40))], maxTokens);

    /// <summary>Begins to copy its prompt over and over, and stops each time.</summary>
    private static Sequence Failing(int slot = 0) =>
        With(slot, [.. Enumerable.Range(1, 60)], [.. Enumerable.Range(0, 14).SelectMany(at => (int[])[(at * 4) + 1, (at * 4) + 2, 200 + at]), 1, 2]);

    private static Sequence With(int slot, int[] prompt, int[] answer, int maxTokens = 1000)
    {
        var sequence = new Sequence(LoopHarness.Group(prompt, maxTokens), 0, prompt, maxTokens) { Slot = slot, State = SequenceState.Decode };
        var planner = Planner(Flat);
        foreach (var token in answer)
        {
            planner.Plan([sequence], 1, 0, 0);
            sequence.Tokens.Add(token);
        }

        return sequence;
    }
}
