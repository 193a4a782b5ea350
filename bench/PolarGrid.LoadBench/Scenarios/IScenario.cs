namespace PolarGrid.LoadBench.Scenarios;

internal interface IScenario
{
    string Name { get; }

    /// <summary>Null when the scenario only informs.</summary>
    Bar? Bar { get; }

    ServerNeeds Needs(LoadSettings settings);

    Task<Measurement> RunAsync(ScenarioContext context, CancellationToken cancellationToken);
}
