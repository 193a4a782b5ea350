namespace PolarGrid.LoadBench.Scenarios;

/// <summary>
/// The named scenarios. A name may stand for several: <c>decode</c> for <c>decode-1</c> to <c>decode-8</c>, <c>all</c> for everything.
/// </summary>
internal static class ScenarioCatalog
{
    private static readonly int[] DecodeCallers = [1, 2, 4, 8];
    private static readonly int[] NoiseCallers = [1, 4];

    private static readonly IScenario[] Known =
    [
        .. DecodeCallers.Select(callers => new LoadScenario(
            $"decode-{callers}", DecodeShape(callers), judgedByTime: false, new Bar(BarKind.RatioAtLeast, 1))),
        .. DecodeCallers.Select(callers => new LoadScenario(
            $"varied-{callers}", DecodeShape(callers) with { Varied = true }, judgedByTime: false, new Bar(BarKind.RatioAtLeast, 1))),
        new LoadScenario(
            "shared-prompt",
            new LoadShape(Callers: 16, SharedTokens: 1_000, PromptTokens: 32, OutputTokens: 32),
            judgedByTime: true,
            new Bar(BarKind.RatioAtLeast, 3)),
        new LoadScenario(
            "identical",
            new LoadShape(Callers: 8, SharedTokens: 1_000, PromptTokens: 0, OutputTokens: 32),
            judgedByTime: true,
            new Bar(BarKind.RatioAtLeast, 4)),
        new LoadScenario(
            "choices",
            new LoadShape(Callers: 1, SharedTokens: 0, PromptTokens: 256, OutputTokens: 64, Choices: 8),
            judgedByTime: true,
            new Bar(BarKind.RatioAtLeast, 1)),
        new RepeatScenario(),
        new ToolsScenario("tools-auto", "auto"),
        new ToolsScenario("tools-required", "required"),
        new StallScenario("stall", theirArguments: ""),
        new StallScenario("stall-b512", theirArguments: "-b 512 -ub 512"),
        .. NoiseCallers.Select(callers => new NoiseScenario($"noise-{callers}", DecodeShape(callers))),
        .. NoiseCallers.Select(callers => new NoiseScenario($"noise-varied-{callers}", DecodeShape(callers) with { Varied = true })),
        new TtftScenario(),
    ];

    public static string Names => string.Join(", ", Known.Select(scenario => scenario.Name));

    /// <summary>The scenarios meant by a name, none when it is unknown.</summary>
    public static IEnumerable<IScenario> Find(string name) => name == "all"
        ? Known
        : Known.Where(scenario => scenario.Name == name || IsNumberedVariant(scenario.Name, name));

    private static bool IsNumberedVariant(string name, string family) =>
        name.StartsWith(family + "-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(family.Length + 1), out _);

    private static LoadShape DecodeShape(int callers) =>
        new(callers, SharedTokens: 0, PromptTokens: 64, OutputTokens: 192, RequestsPerCaller: 2);
}
