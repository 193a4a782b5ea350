using PolarGrid.Edge.Limits;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Limits;

public sealed class RequestWindowTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_minute_has_as_many_requests_as_the_limit_says_and_the_next_one_has_them_again()
    {
        var windows = new RequestWindows(time);

        Taken(windows, "a", limit: 3, tries: 5).ShouldBe(3);
        time.Advance(TimeSpan.FromSeconds(59.876));
        Taken(windows, "a", limit: 3, tries: 5).ShouldBe(0);
        time.Advance(TimeSpan.FromSeconds(0.001));
        Taken(windows, "a", limit: 3, tries: 5).ShouldBe(3);
    }

    [Fact]
    public void Keys_have_windows_of_their_own()
    {
        var windows = new RequestWindows(time);

        Taken(windows, "a", limit: 2, tries: 5).ShouldBe(2);
        Taken(windows, "b", limit: 4, tries: 5).ShouldBe(4);
    }

    [Fact]
    public void A_limit_that_was_raised_holds_at_once()
    {
        var windows = new RequestWindows(time);

        Taken(windows, "a", limit: 2, tries: 5).ShouldBe(2);
        Taken(windows, "a", limit: 3, tries: 5).ShouldBe(1);
        windows.Look("a", 2).Remaining.ShouldBe(0);
    }

    [Fact]
    public void Many_threads_take_no_more_than_there_is()
    {
        var windows = new RequestWindows(time);
        var taken = 0;

        Parallel.For(0, 8, _ => Interlocked.Add(ref taken, Taken(windows, "a", limit: 10_001, tries: 5_000)));

        taken.ShouldBe(10_001);
    }

    [Fact]
    public void A_request_that_read_the_clock_before_the_minute_ended_does_not_open_it_again()
    {
        var window = new RequestWindow(0);

        window.TryTake(100, 1).ShouldBeTrue();
        window.TryTake(101, 1).ShouldBeTrue();
        window.TryTake(100, 1).ShouldBeFalse();
        window.TryTake(101, 1).ShouldBeFalse();
        window.TryTake(102, 1).ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_was_far_ahead_locks_nobody_out()
    {
        var window = new RequestWindow(0);

        window.TryTake(5_000_000, 1).ShouldBeTrue();

        window.TryTake(100, 1).ShouldBeTrue();
        window.TryTake(100, 1).ShouldBeFalse();
    }

    [Fact]
    public void A_clock_that_steps_back_over_the_minute_tells_the_wait_of_the_window_that_is_full()
    {
        var windows = new RequestWindows(time);
        time.Advance(TimeSpan.FromSeconds(59.9));
        windows.TryTake("a", 1).ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(-0.5));
        windows.TryTake("a", 1).ShouldBeFalse();

        var standing = windows.Look("a", 1);

        standing.RetryAfterSeconds.ShouldBe(61);
        standing.Reset.ShouldBe("1m0.477s");
        time.Advance(TimeSpan.FromSeconds(standing.RetryAfterSeconds));
        windows.TryTake("a", 1).ShouldBeTrue();
    }

    [Fact]
    public void A_window_that_is_given_up_takes_nothing_and_says_so()
    {
        var window = new RequestWindow(100);

        window.TryRetire(100).ShouldBeFalse();
        window.TryTake(100, 1).ShouldBeTrue();
        window.TryRetire(101).ShouldBeTrue();

        window.IsRetired.ShouldBeTrue();
        window.TryTake(101, 1).ShouldBeFalse();
    }

    [Fact]
    public void Keys_that_come_while_others_are_forgotten_get_no_more_than_their_limit()
    {
        var windows = new RequestWindows(time);
        var taken = new int[200];
        for (var round = 0; round < 5; round++)
        {
            for (var key = 0; key < 10_000; key++) windows.TryTake($"key_{round}_{key}", 1);
            time.Advance(TimeSpan.FromMinutes(1));
            Array.Clear(taken);

            // Each of the many new keys makes its thread clear away while others take.
            Parallel.For(0, 8, thread =>
            {
                for (var key = 0; key < taken.Length; key++)
                {
                    windows.TryTake($"new_{round}_{thread}_{key}", 1);
                    if (windows.TryTake($"key_{round}_{key}", 1)) Interlocked.Increment(ref taken[key]);
                }
            });

            taken.ShouldAllBe(count => count == 1);
        }
    }

    [Fact]
    public void Keys_that_have_been_silent_are_forgotten_when_there_are_many()
    {
        var windows = new RequestWindows(time);
        for (var key = 0; key < 10_000; key++) windows.TryTake($"key_{key}", 1);
        windows.Count.ShouldBe(10_000);
        time.Advance(TimeSpan.FromMinutes(1));

        windows.TryTake("key_7", 1).ShouldBeTrue();
        windows.TryTake("another", 1).ShouldBeTrue();

        windows.Count.ShouldBe(2);
        windows.TryTake("key_7", 1).ShouldBeFalse();
    }

    [Fact]
    public void Taking_and_refusing_allocate_nothing()
    {
        var windows = new RequestWindows(time);
        windows.TryTake("a", 500);
        for (var warm = 0; warm < 100; warm++) windows.TryTake("a", 500);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++) windows.TryTake("a", 500);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 60, "1m0s")]
    [InlineData(0.2, 60, "59.8s")]
    [InlineData(47.5, 13, "12.5s")]
    [InlineData(58, 2, "2s")]
    [InlineData(59.991, 1, "9ms")]
    [InlineData(59.9999999, 1, "1ms")]
    public void The_wait_is_told_in_whole_seconds_and_in_OpenAIs_words(double second, int retryAfter, string reset)
    {
        var windows = new RequestWindows(time);
        time.Advance(TimeSpan.FromSeconds(59.876544));
        time.Advance(TimeSpan.FromSeconds(second));
        windows.TryTake("a", 5);

        var standing = windows.Look("a", 5);

        standing.RetryAfterSeconds.ShouldBe(retryAfter);
        standing.Reset.ShouldBe(reset);
        windows.Look("unused", 5).Reset.ShouldBe("0s");
    }

    private static int Taken(RequestWindows windows, string key, int limit, int tries)
    {
        var taken = 0;
        for (var each = 0; each < tries; each++) taken += windows.TryTake(key, limit) ? 1 : 0;
        return taken;
    }
}
