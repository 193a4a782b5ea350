using System.Diagnostics;
using System.Text.Json;
using PolarGrid.LoadBench.Comparing;
using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Reports;

/// <summary>Runs a comparison and gathers what a reader needs to judge it.</summary>
internal static class CompareReporter
{
    public static async Task<CompareReport> RunAsync(
        ComparisonPlan plan, Side ours, Side theirs, string theirProgram, CancellationToken cancellationToken)
    {
        var machine = Machine.Here();
        var comparison = new Comparison(plan, ours, theirs, Console.Error.WriteLine);
        var samples = await comparison.RunAsync(cancellationToken);
        var rows = plan.Scenarios.Select(scenario =>
            ComparisonRow.From(scenario, RunsOf(ours, scenario), RunsOf(theirs, scenario)));
        List<Measurement> RunsOf(Side side, IScenario scenario) =>
        [
            .. samples
                .Where(sample => sample.Side == side.Name && sample.Measurement.Scenario == scenario.Name)
                .Select(sample => sample.Measurement),
        ];

        return new CompareReport
        {
            Time = DateTimeOffset.UtcNow,
            Commit = await GitCommit.ReadAsync(cancellationToken),
            Machine = machine,
            Model = await ModelFile.ReadAsync(plan.Model, cancellationToken),
            Threads = plan.Threads,
            Rounds = plan.Rounds,
            WarmUpSeconds = plan.WarmUpSeconds,
            Seed = plan.Seed,
            Calibration = comparison.Calibration,
            Settings = plan.Settings,
            OurArguments = ours.Command.WithoutPath,
            TheirArguments = theirs.Command.WithoutPath,
            TheirVersion = await VersionOfAsync(theirProgram, cancellationToken),
            Rows = [.. rows],
            Samples = samples,
        };
    }

    /// <summary>Two files, <c>date-model-commit</c> as JSON and as a page.</summary>
    public static async Task WriteAsync(CompareReport report, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        folder.Create();
        var name = $"{report.Time:yyyy-MM-dd}-{Path.GetFileNameWithoutExtension(report.Model.Name)}-{report.Commit}";
        var path = Path.Combine(folder.FullName, name);
        var json = JsonSerializer.Serialize(report, ReportJson.Default.CompareReport) + "\n";
        await File.WriteAllTextAsync(path + ".json", json, cancellationToken);
        await File.WriteAllTextAsync(path + ".md", CompareTable.Page(report), cancellationToken);
        Console.Error.WriteLine($"Written: {name}.json and .md");
    }

    private static async Task<string> VersionOfAsync(string program, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var lines = (await output + "\n" + await errors).Split('\n', StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.StartsWith("version", StringComparison.OrdinalIgnoreCase)) ?? "version unknown";
    }
}
