using PolarGrid.LoadBench.Client;
using PolarGrid.LoadBench.Prompts;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>What every scenario runs with.</summary>
internal sealed record ScenarioContext(ChatClient Client, PromptSource Prompts, LoadSettings Settings);
