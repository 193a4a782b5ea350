using PolarGrid.Engine.Llama.Threads;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Threads;

public sealed class ThreadGovernorTests
{
    [Fact]
    public void All_threads_are_used_while_they_are_fastest()
    {
        var governor = new ThreadGovernor(2);

        Run(governor, 5000, Quiet).ShouldBeLessThan(5000 * Quiet(2, 1) * 1.02);

        governor.Settled.ShouldBe(2);
    }

    [Fact]
    public void A_neighbour_makes_it_step_back_within_a_few_steps()
    {
        var governor = new ThreadGovernor(2);
        Run(governor, 1000, Quiet);

        Run(governor, 25, Beside);

        governor.Settled.ShouldBe(1);
    }

    [Fact]
    public void Beside_a_neighbour_little_is_lost_to_tries()
    {
        var governor = new ThreadGovernor(2);
        Run(governor, 100, Beside);

        Run(governor, 3000, Beside).ShouldBeLessThan(3000 * Beside(1, 1) * 1.1);
    }

    [Fact]
    public void When_the_neighbour_leaves_all_threads_come_back()
    {
        var governor = new ThreadGovernor(2);
        Run(governor, 3000, Beside);
        governor.Settled.ShouldBe(1);

        Run(governor, 600, Quiet);

        governor.Settled.ShouldBe(2);
    }

    [Fact]
    public void A_neighbour_that_was_there_from_the_start_is_found()
    {
        var governor = new ThreadGovernor(2);
        Run(governor, 40, Beside);
        governor.Settled.ShouldBe(1);
    }

    [Fact]
    public void Steps_of_many_sizes_are_compared_by_what_each_should_cost()
    {
        var governor = new ThreadGovernor(2);
        var random = new Random(1);
        double Mixed(Func<int, int, double> machine)
        {
            var total = 0.0;
            for (var i = 0; i < 2000; i++) total += Step(governor, random.Next(1, 9), machine);
            return total;
        }

        Mixed(Quiet);
        governor.Settled.ShouldBe(2);
        Mixed(Beside);
        governor.Settled.ShouldBe(1);
    }

    [Fact]
    public void A_slowdown_that_more_or_fewer_threads_cannot_help_is_accepted()
    {
        var governor = new ThreadGovernor(2);
        Run(governor, 1000, Quiet);
        double Throttled(int threads, int tokens) => 3 * Quiet(threads, tokens);

        Run(governor, 2000, Throttled).ShouldBeLessThan(2000 * Throttled(2, 1) * 1.03);

        governor.Settled.ShouldBe(2);
    }

    [Fact]
    public void Steps_that_take_a_hundred_times_as_long_are_answered_after_two()
    {
        var governor = new ThreadGovernor(2);
        Run(governor, 1000, Quiet);
        double Starved(int threads, int tokens) => threads == 1 ? 2 * Quiet(1, tokens) : 300 * Quiet(2, tokens);

        Run(governor, 5, Starved);

        governor.Settled.ShouldBe(1);
    }

    [Fact]
    public void Beside_two_neighbours_trying_more_threads_again_costs_little()
    {
        var governor = new ThreadGovernor(2);
        double Starved(int threads, int tokens) => threads == 1 ? 2 * Quiet(1, tokens) : 300 * Quiet(2, tokens);
        Run(governor, 100, Starved);

        Run(governor, 10_000, Starved).ShouldBeLessThan(10_000 * Starved(1, 1) * 1.3);
    }

    [Fact]
    public void One_step_that_was_held_up_changes_nothing()
    {
        var governor = new ThreadGovernor(2);
        Run(governor, 1000, Quiet);

        Step(governor, 1, (threads, tokens) => 300 * Quiet(threads, tokens));
        Run(governor, 3, Quiet);

        governor.Threads.ShouldBe(2);
        governor.Settled.ShouldBe(2);
    }

    [Fact]
    public void Prompts_are_not_used_for_a_try_before_it_is_due()
    {
        var governor = new ThreadGovernor(2, firstTry: 64);
        for (var i = 0; i < 63; i++)
        {
            governor.Threads.ShouldBe(2);
            Step(governor, 64, Quiet);
        }
    }

    [Fact]
    public void Noise_alone_does_not_move_it()
    {
        var governor = new ThreadGovernor(2);
        var random = new Random(7);
        var moved = 0;
        for (var i = 0; i < 5000; i++)
        {
            Step(governor, 1, (threads, tokens) => Quiet(threads, tokens) * (0.9 + (0.2 * random.NextDouble())));
            if (governor.Settled != 2) moved++;
        }

        moved.ShouldBe(0);
    }

    [Fact]
    public void With_many_processors_one_busy_one_costs_one_thread()
    {
        var governor = new ThreadGovernor(8);

        Run(governor, 300, (threads, _) => threads > 7 ? 50 : 100.0 / threads);

        governor.Settled.ShouldBe(7);
    }

    [Fact]
    public void One_thread_leaves_nothing_to_decide()
    {
        var governor = new ThreadGovernor(1);
        Run(governor, 1000, Quiet);
        governor.Threads.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 2 })]
    [InlineData(4, new[] { 1, 2, 3, 4 })]
    [InlineData(16, new[] { 1, 2, 3, 4, 5, 6, 8, 10, 13, 15, 16 })]
    public void Levels_are_close_where_it_matters(int most, int[] expected) => ThreadLevels.UpTo(most).ShouldBe(expected);

    // Two threads are 1.7 times as fast as one; a second sequence costs little.
    private static double Quiet(int threads, int tokens) => (threads == 1 ? 17 : 10) * (1 + (0.1 * tokens));

    // What was measured beside a busy process: one thread hardly notices, two fall to a tenth.
    private static double Beside(int threads, int tokens) => threads == 1 ? Quiet(1, tokens) * 1.05 : Quiet(2, tokens) * 10;

    private static double Run(ThreadGovernor governor, int steps, Func<int, int, double> machine)
    {
        var total = 0.0;
        for (var i = 0; i < steps; i++) total += Step(governor, 1, machine);
        return total;
    }

    private static double Step(ThreadGovernor governor, int tokens, Func<int, int, double> machine)
    {
        var duration = machine(governor.Threads, tokens);
        governor.Report(tokens, duration);
        return duration;
    }
}
