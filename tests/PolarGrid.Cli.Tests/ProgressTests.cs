using PolarGrid.Cli.Up;
using Shouldly;

namespace PolarGrid.Cli.Tests;

public sealed class ProgressTests : IDisposable
{
    private readonly StringWriter terminal = new();

    public void Dispose() => terminal.Dispose();

    [Fact]
    public void A_shorter_line_leaves_nothing_of_the_longer_one_and_the_end_wipes_it()
    {
        using (var progress = new Progress(terminal))
        {
            progress.Show("ten of ten");
            progress.Show("done");
        }

        terminal.ToString().ShouldBe("\rten of ten\rdone      \r    \r");
    }

    [Fact]
    public void Loading_says_each_percent_once()
    {
        using var progress = new Progress(terminal);
        var loading = new LoadProgress("a-model", progress);

        foreach (var done in new[] { 0.501f, 0.502f, 0.51f, 1f }) loading.Report(done);

        terminal.ToString().ShouldBe("\rloading a-model: 50 %\rloading a-model: 51 %\rloading a-model: 100 %");
    }

    [Fact]
    public void Nothing_is_written_where_nobody_watches()
    {
        using var progress = new Progress(null);

        Should.NotThrow(() => progress.Show("a"));
    }
}
