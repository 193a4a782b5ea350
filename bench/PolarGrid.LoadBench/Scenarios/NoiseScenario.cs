namespace PolarGrid.LoadBench.Scenarios;

/// <summary>The same load twice, alone and beside one other busy process: what part of the speed is kept.</summary>
internal sealed class NoiseScenario(string name, LoadShape shape) : IScenario
{
    /// <summary>The busy process ends by itself after this long, whatever becomes of the bench.</summary>
    private static readonly TimeSpan NoiseLimit = TimeSpan.FromMinutes(5);

    private readonly LoadScenario _load = new(name, shape, judgedByTime: false, bar: null);

    public string Name => name;

    public Bar? Bar { get; } = new(BarKind.OursAtLeast, 0.7);

    public ServerNeeds Needs(LoadSettings settings) => _load.Needs(settings);

    public async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken cancellationToken)
    {
        var quiet = await _load.RunAsync(context, cancellationToken);
        Measurement noisy;
        await using (BusyNeighbour.Start(NoiseLimit)) noisy = await _load.RunAsync(context, cancellationToken);

        var kept = quiet.TokensPerSecond > 0 ? noisy.TokensPerSecond / quiet.TokensPerSecond : 0;
        return noisy with
        {
            Headline = new Headline("speed kept", "share", kept, HigherIsBetter: true),
            Errors = quiet.Errors + noisy.Errors,
            FirstError = quiet.FirstError ?? noisy.FirstError,
            Details = new()
            {
                ["aloneTokensPerSecond"] = quiet.TokensPerSecond,
                ["besideNoiseTokensPerSecond"] = noisy.TokensPerSecond,
            },
        };
    }
}
