using System.CommandLine;
using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Commands;

/// <summary>The options that both commands share: which scenarios, and numbers that replace theirs.</summary>
internal sealed class LoadOptions
{
    private readonly Option<string[]> _scenarios = new("--scenario", "-s")
    {
        Description = $"One or several of: all, decode, varied, noise, noise-varied, {ScenarioCatalog.Names}.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _callers = Positive("--callers", "Callers at once.");
    private readonly Option<int?> _promptTokens = Positive("--prompt", "Tokens of each prompt (about).");
    private readonly Option<int?> _sharedTokens = Positive("--shared", "Tokens of a system message that all callers share (about).");
    private readonly Option<int?> _outputTokens = Positive("--output-tokens", "Tokens of each answer.");
    private readonly Option<int?> _choices = Positive("--n", "Choices of each request.");
    private readonly Option<int?> _requests = Positive("--requests", "Requests of each caller.");
    private readonly Option<double?> _duration = new("--duration")
    {
        Description = "Seconds during which callers start requests; replaces --requests.",
    };

    private readonly Option<double> _firstTokenTarget = new("--ttft-target")
    {
        Description = "Goodput: most milliseconds to the first token.",
        DefaultValueFactory = _ => 1_000,
    };

    private readonly Option<double> _gapTarget = new("--itl-target")
    {
        Description = "Goodput: most milliseconds between tokens, for 95 % of a request's gaps.",
        DefaultValueFactory = _ => 200,
    };

    public LoadOptions(string defaultScenario)
    {
        _scenarios.DefaultValueFactory = _ => [defaultScenario];
        _scenarios.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.Select(token => token.Value).Where(name => !ScenarioCatalog.Find(name).Any()))
                result.AddError($"There is no scenario '{name}'. There are: all, decode, varied, noise, noise-varied, {ScenarioCatalog.Names}.");
        });
    }

    public Option<double> WarmUpSeconds { get; } = new("--warm-up")
    {
        Description = "Seconds of short requests before each measurement, so that a server's code is compiled and its memory touched.",
        DefaultValueFactory = _ => 3,
    };

    public Option<int> TimeoutSeconds { get; } = new("--timeout")
    {
        Description = "Most seconds that one request may take.",
        DefaultValueFactory = _ => 300,
    };

    public Option<ulong?> Seed { get; } = new("--seed")
    {
        Description = "Seed of the prompts' words (default: a new one each run, so that nothing is cached).",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_scenarios, _callers, _promptTokens, _sharedTokens, _outputTokens, _choices, _requests, _duration,
            _firstTokenTarget, _gapTarget, WarmUpSeconds, TimeoutSeconds, Seed])
            command.Add(option);
    }

    public IReadOnlyList<IScenario> Scenarios(ParseResult parsed) =>
        [.. parsed.GetRequiredValue(_scenarios).SelectMany(ScenarioCatalog.Find).Distinct()];

    public LoadSettings Settings(ParseResult parsed) => new()
    {
        Callers = parsed.GetValue(_callers),
        PromptTokens = parsed.GetValue(_promptTokens),
        SharedTokens = parsed.GetValue(_sharedTokens),
        OutputTokens = parsed.GetValue(_outputTokens),
        Choices = parsed.GetValue(_choices),
        RequestsPerCaller = parsed.GetValue(_requests),
        DurationSeconds = parsed.GetValue(_duration),
        FirstTokenTargetMilliseconds = parsed.GetValue(_firstTokenTarget),
        GapTargetMilliseconds = parsed.GetValue(_gapTarget),
    };

    public ulong SeedOf(ParseResult parsed) => parsed.GetValue(Seed) ?? (ulong)Random.Shared.NextInt64();

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description + " Default: the scenario's own." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 1_000_000) result.AddError($"{name} must lie between 1 and 1000000.");
        });
        return option;
    }
}
