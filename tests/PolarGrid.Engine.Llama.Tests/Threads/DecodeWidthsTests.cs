using PolarGrid.Engine.Llama.Threads;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Threads;

public sealed class DecodeWidthsTests
{
    [Fact]
    public void Sequences_take_turns_where_two_rows_cost_more_than_two_passes()
    {
        var widths = new DecodeWidths();

        Run(widths, 2, 20, rows => rows == 1 ? 5.4 : 12.6);

        widths.For(2).ShouldBe(1);
    }

    [Fact]
    public void Sequences_go_together_where_a_second_row_is_nearly_free()
    {
        var widths = new DecodeWidths();

        Run(widths, 4, 20, rows => 10 + rows);

        widths.For(4).ShouldBe(4);
    }

    [Fact]
    public void A_width_that_is_clearly_slow_is_tried_once()
    {
        var widths = new DecodeWidths();
        var tries = 0;
        for (var i = 0; i < 100; i++)
        {
            var rows = widths.For(8);
            if (rows != 8) tries++;
            widths.Report(rows, 2, rows == 8 ? 27 : 24);
        }

        tries.ShouldBe(2);
    }

    [Fact]
    public void A_gain_within_the_noise_is_not_taken()
    {
        var widths = new DecodeWidths();

        Run(widths, 4, 50, rows => rows == 4 ? 4 : 0.98 * rows);

        widths.For(4).ShouldBe(4);
    }

    [Fact]
    public void Another_number_of_threads_is_learnt_anew()
    {
        var widths = new DecodeWidths();
        Run(widths, 2, 20, rows => rows == 1 ? 5.4 : 12.6);

        widths.Report(2, 1, 20);

        widths.For(2).ShouldBe(2);
    }

    [Fact]
    public void What_was_learnt_is_tried_again_after_a_long_time()
    {
        var widths = new DecodeWidths();
        Run(widths, 2, 20, rows => rows == 1 ? 5.4 : 12.6);

        Run(widths, 2, 5000, rows => 10 + rows);

        widths.For(2).ShouldBe(2);
    }

    [Fact]
    public void A_noisy_moment_does_not_make_sequences_take_turns_for_long()
    {
        var widths = new DecodeWidths();
        Run(widths, 8, 5, rows => rows == 8 ? 60 : 24);
        Run(widths, 8, 10, rows => rows == 8 ? 27 : 24);
        widths.For(8).ShouldBe(4);

        Run(widths, 8, 40, rows => rows == 8 ? 27 : 24);

        widths.For(8).ShouldBe(8);
    }

    [Fact]
    public void Going_together_is_tried_ever_more_rarely_where_it_stays_slower()
    {
        var widths = new DecodeWidths();
        var together = 0;
        for (var i = 0; i < 4000; i++)
        {
            var rows = widths.For(2);
            if (rows == 2) together++;
            widths.Report(rows, 2, rows == 1 ? 5.4 : 12.6);
        }

        together.ShouldBeInRange(6, 40);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(64)]
    public void One_sequence_and_many_always_go_together(int sequences) =>
        new DecodeWidths().For(sequences).ShouldBe(sequences);

    private static void Run(DecodeWidths widths, int sequences, int passes, Func<int, double> cost)
    {
        for (var i = 0; i < passes; i++)
        {
            var rows = widths.For(sequences);
            widths.Report(rows, 2, cost(rows));
        }
    }
}
