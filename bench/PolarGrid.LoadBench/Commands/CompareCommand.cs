using System.CommandLine;
using System.ComponentModel;
using PolarGrid.LoadBench.Comparing;
using PolarGrid.LoadBench.Reports;

namespace PolarGrid.LoadBench.Commands;

/// <summary><c>compare</c>: our server and llama.cpp's on the same file, in turn.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var ours = new Option<string>("--ours") { Description = "The polargrid program.", DefaultValueFactory = _ => "polargrid" };
        var theirs = new Option<string>("--theirs") { Description = "The llama-server program, built by you.", Required = true };
        var ourCommand = new Option<string>("--ours-command")
        {
            Description = "Whole command of our server instead, with {model} {name} {port} {threads} {slots} {context} {total}.",
        };
        var theirCommand = new Option<string>("--theirs-command") { Description = "The same for the other server." };
        var model = new Option<FileInfo>("--model") { Description = "GGUF file that both serve.", Required = true };
        model.AcceptExistingOnly();
        var threads = Between("--threads", "Threads of each server.", Math.Max(1, Environment.ProcessorCount), 1, 1024);
        var rounds = Between("--rounds", "Measurements of each scenario on each side.", 3, 1, 100);
        var minutes = Between("--limit-minutes", "The comparison is ended after so long.", 120, 1, 24 * 60);
        var results = new Option<DirectoryInfo>("--results") { Description = "Folder for the result files (default: none are written)." };
        var options = new LoadOptions(defaultScenario: "all");

        var command = new Command("compare", "Starts our server and llama.cpp's in turn on the same file and prints ratios.")
        {
            ours, theirs, ourCommand, theirCommand, model, threads, rounds, minutes, results,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(parsed.GetValue(minutes)));
            var plan = new ComparisonPlan(
                parsed.GetRequiredValue(model),
                parsed.GetValue(threads),
                parsed.GetValue(rounds),
                options.Scenarios(parsed),
                options.Settings(parsed),
                parsed.GetValue(options.WarmUpSeconds),
                TimeSpan.FromSeconds(parsed.GetValue(options.TimeoutSeconds)),
                options.SeedOf(parsed));
            try
            {
                var report = await CompareReporter.RunAsync(
                    plan,
                    Side.Ours(parsed.GetRequiredValue(ours), parsed.GetValue(ourCommand)),
                    Side.Theirs(parsed.GetRequiredValue(theirs), parsed.GetValue(theirCommand)),
                    parsed.GetRequiredValue(theirs),
                    limit.Token);
                Console.Write(CompareTable.Of(report));
                if (parsed.GetValue(results) is { } folder) await CompareReporter.WriteAsync(report, folder, limit.Token);
                return report.Rows.All(row => row.Met != false) ? 0 : 2;
            }
            catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or IOException)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("Stopped before the end; nothing was written.");
                return 1;
            }
        });
        return command;
    }

    private static Option<int> Between(string name, string description, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            var given = result.GetValueOrDefault<int>();
            if (given < least || given > most) result.AddError($"{name} must lie between {least} and {most}.");
        });
        return option;
    }
}
