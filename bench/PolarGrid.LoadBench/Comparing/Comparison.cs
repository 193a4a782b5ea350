using PolarGrid.LoadBench.Client;
using PolarGrid.LoadBench.Prompts;
using PolarGrid.LoadBench.Scenarios;
using PolarGrid.LoadBench.Servers;

namespace PolarGrid.LoadBench.Comparing;

/// <summary>
/// Measures both sides in turn: for every round and scenario one server is started, warmed up, measured and stopped, then the other.
/// So each is set up for the scenario, starts with an empty cache, and has the machine to itself. The side that goes first
/// changes from round to round, and both are asked the same words.
/// </summary>
internal sealed class Comparison(ComparisonPlan plan, Side ours, Side theirs, Action<string> progress)
{
    private const string ModelName = "bench";
    private const string Key = "pg_bench_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private TokenCalibration? _calibration;

    public TokenCalibration Calibration => _calibration ?? TokenCalibration.Assumed;

    public async Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        for (var round = 1; round <= plan.Rounds; round++)
        {
            Side[] order = round % 2 == 1 ? [ours, theirs] : [theirs, ours];
            foreach (var scenario in plan.Scenarios)
            {
                foreach (var side in order)
                {
                    var measured = await MeasureAsync(side, scenario, round, cancellationToken);
                    samples.Add(new Sample(side.Name, round, measured));
                    var errors = measured.Errors > 0 ? $", {measured.Errors} errors: {measured.FirstError}" : "";
                    var value = $"{measured.Headline.Value:0.###} {measured.Headline.Unit}";
                    progress($"round {round} {scenario.Name} {side.Name}: {value}{errors}");
                }
            }
        }

        return samples;
    }

    private async Task<Measurement> MeasureAsync(Side side, IScenario scenario, int round, CancellationToken cancellationToken)
    {
        var needs = scenario.Needs(plan.Settings);
        var port = LoopbackPort.FindFree();
        var home = Directory.CreateTempSubdirectory("polargrid-bench-");
        try
        {
            var command = side.Command.Fill(Values(needs, port), side.TakesScenarioArguments ? needs.TheirArguments : "");
            var environment = new Dictionary<string, string>
            {
                ["POLARGRID_HOME"] = home.FullName,
                ["POLARGRID_BOOTSTRAP_KEY"] = Key,
            };
            await using var server = await ServerProcess.StartAsync(command, environment, port, cancellationToken);
            using var client = new ChatClient(server.BaseUrl, Key, ModelName, plan.RequestTimeout);
            _calibration ??= await TokenCalibration.MeasureAsync(client, cancellationToken);

            await WarmUp.RunAsync(client, new PromptSource(~plan.Seed, _calibration), needs.Slots, plan.WarmUpSeconds, cancellationToken);
            var prompts = new PromptSource(plan.Seed + (ulong)round, _calibration);
            return await scenario.RunAsync(new ScenarioContext(client, prompts, plan.Settings), cancellationToken);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private Dictionary<string, string> Values(ServerNeeds needs, int port) => new()
    {
        ["model"] = plan.Model.FullName,
        ["name"] = ModelName,
        ["port"] = port.ToString(),
        ["threads"] = plan.Threads.ToString(),
        ["slots"] = needs.Slots.ToString(),
        ["context"] = needs.ContextPerSlot.ToString(),
        ["total"] = needs.TotalContext.ToString(),
    };
}
