using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Transcription.Jobs;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Jobs;

public sealed class JobTurnsTests
{
    [Fact]
    public async Task A_key_with_many_jobs_holds_up_no_other_key()
    {
        var turns = new JobTurns(2);
        await turns.WaitAsync("many", default);
        await turns.WaitAsync("many", default);
        var third = turns.WaitAsync("many", default);
        var fourth = turns.WaitAsync("many", default);
        var other = turns.WaitAsync("other", default);
        var last = turns.WaitAsync("last", default);

        turns.Release("many");
        await other.WaitAsync(Until.Patience);
        third.IsCompleted.ShouldBeFalse();
        turns.Release("many");
        await third.WaitAsync(Until.Patience);
        turns.Release("other");
        await last.WaitAsync(Until.Patience);
        fourth.IsCompleted.ShouldBeFalse();
        turns.Release("last");
        await fourth.WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task Keys_take_turns()
    {
        var turns = new JobTurns(1);
        await turns.WaitAsync("x", default);
        var a1 = turns.WaitAsync("a", default);
        var a2 = turns.WaitAsync("a", default);
        var b1 = turns.WaitAsync("b", default);

        turns.Release("x");
        await a1;
        turns.Release("a");
        await b1;
        a2.IsCompleted.ShouldBeFalse();
        turns.Release("b");
        await a2;
    }

    [Fact]
    public async Task Who_stopped_waiting_takes_no_turn()
    {
        var turns = new JobTurns(1);
        await turns.WaitAsync("x", default);
        using var leaving = new CancellationTokenSource();
        var gone = turns.WaitAsync("a", leaving.Token);
        var next = turns.WaitAsync("b", default);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(gone);

        turns.Release("x");
        await next;
    }
}
