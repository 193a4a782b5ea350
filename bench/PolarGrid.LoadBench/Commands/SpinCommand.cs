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
            var work = 1u;
            while (clock.Elapsed.TotalSeconds < limit)
            {
                // Real arithmetic: a spin-wait would tell the processor, and a hypervisor, that nothing goes on here.
                for (var i = 0; i < 1_000_000; i++) work = (work * 1_664_525) + 1_013_904_223;
            }

            return work == 0 ? 1 : 0;
        });
        return command;
    }
}
