using PolarGrid.LoadBench.Client;
using PolarGrid.LoadBench.Prompts;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>
/// Requests with fifty tools that the server has never seen, then other questions with the same tools: what part of the first request's
/// time to the first token is left. Prompt cache and prepared grammar both count.
/// </summary>
internal sealed class ToolsScenario(string name, string toolChoice) : IScenario
{
    private const int Tools = 50, TokensPerTool = 120;
    private const int QuestionTokens = 16, OutputTokens = 8;
    private const int Repeats = 3;

    public string Name => name;

    public Bar? Bar { get; } = new(BarKind.OursAtMost, 0.15);

    public ServerNeeds Needs(LoadSettings settings) =>
        ServerNeeds.For(slots: 1, (Tools * TokensPerTool) + (settings.PromptTokens ?? QuestionTokens), settings.OutputTokens ?? OutputTokens);

    public async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var tools = ToolList.Make(context.Prompts, Tools);
        var outcomes = new List<RequestOutcome>();
        for (var i = 0; i <= (settings.RequestsPerCaller ?? Repeats); i++)
        {
            var text = context.Prompts.Text(settings.PromptTokens ?? QuestionTokens);
            var request = new ChatRequest(null, text, settings.OutputTokens ?? OutputTokens) { Tools = tools, ToolChoice = toolChoice };
            outcomes.Add(await context.Client.SendAsync(request, cancellationToken));
        }

        return RepeatScenario.Compare(Name, outcomes, settings);
    }
}
