using System.CommandLine;
using System.Diagnostics;

namespace PolarGrid.LoadBench.Commands;

/// <summary>Keeps one core busy for a bounded time; the noise of <c>noise</c> scenarios.</summary>
internal static class SpinCommand
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 10 };
        var command = new Command("spin", "Keeps one core busy.") { seconds };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var clock = Stopwatch.StartNew();
            var limit = parsed.GetValue(seconds);
            while (clock.Elapsed.TotalSeconds < limit) Thread.SpinWait(10_000);
        });
        return command;
    }
}
