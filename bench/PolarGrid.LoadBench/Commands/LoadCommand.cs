using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using PolarGrid.LoadBench.Client;
using PolarGrid.LoadBench.Prompts;
using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Commands;

/// <summary>The root command: scenarios against a server that already runs.</summary>
internal static class LoadCommand
{
    public static RootCommand Create()
    {
        var baseUrl = new Option<Uri>("--base")
        {
            Description = "Base URL with /v1.",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080/v1"),
            CustomParser = ParseUrl,
        };
        var key = new Option<string>("--key") { Description = "Bearer key, if the server wants one." };
        var model = new Option<string>("--model") { Description = "Model name in requests.", DefaultValueFactory = _ => "bench" };
        var file = new Option<FileInfo>("--model-file") { Description = "The model's file, for its hash in the result." };
        file.AcceptExistingOnly();
        var output = new Option<FileInfo>("--json", "-o") { Description = "Result file to write." };
        var options = new LoadOptions(defaultScenario: "decode-1");

        var command = new RootCommand("Measures an OpenAI-compatible server; 'compare' starts two servers and measures them in turn.")
        {
            baseUrl, key, model, file, output,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(model);
            var timeout = TimeSpan.FromSeconds(parsed.GetValue(options.TimeoutSeconds));
            using var client = new ChatClient(parsed.GetRequiredValue(baseUrl), parsed.GetValue(key), name, timeout);
            try
            {
                var report = await MeasureAsync(client, name, parsed.GetValue(file), options, parsed, cancellationToken);
                Console.Write(LoadTable.Of(report.Measurements));
                foreach (var failed in report.Measurements.Where(measurement => measurement.Errors > 0))
                    Console.Error.WriteLine($"{failed.Scenario}: {failed.FirstError}");
                if (parsed.GetValue(output) is { } target)
                {
                    var json = JsonSerializer.Serialize(report, ReportJson.Default.LoadReport) + "\n";
                    await File.WriteAllTextAsync(target.FullName, json, cancellationToken);
                }

                return report.Measurements.Sum(measurement => measurement.Errors) == 0 ? 0 : 1;
            }
            catch (Exception failure) when (failure is InvalidOperationException or IOException)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }
        });
        return command;
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")) return url;
        result.AddError($"--base '{result.Tokens[0].Value}' is not an http or https URL.");
        return null;
    }

    private static async Task<LoadReport> MeasureAsync(
        ChatClient client,
        string modelName,
        FileInfo? modelFile,
        LoadOptions options,
        ParseResult parsed,
        CancellationToken cancellationToken)
    {
        var machine = Machine.Here();
        var settings = options.Settings(parsed);
        var seed = options.SeedOf(parsed);
        var calibration = await TokenCalibration.MeasureAsync(client, cancellationToken);
        var prompts = new PromptSource(seed, calibration);
        var measurements = new List<Measurement>();
        foreach (var scenario in options.Scenarios(parsed))
        {
            Console.Error.WriteLine(scenario.Name);
            var slots = scenario.Needs(settings).Slots;
            await WarmUp.RunAsync(client, prompts, slots, parsed.GetValue(options.WarmUpSeconds), cancellationToken);
            measurements.Add(await scenario.RunAsync(new ScenarioContext(client, prompts, settings), cancellationToken));
        }

        return new LoadReport
        {
            Time = DateTimeOffset.UtcNow,
            Commit = await GitCommit.ReadAsync(cancellationToken),
            Machine = machine,
            Model = modelFile is null ? null : await ModelFile.ReadAsync(modelFile, cancellationToken),
            ModelName = modelName,
            Seed = seed,
            Calibration = calibration,
            Settings = settings,
            Measurements = measurements,
        };
    }
}
