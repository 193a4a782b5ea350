namespace PolarGrid.LoadBench.Scenarios;

/// <summary>How a server must be set up so that a scenario fits.</summary>
/// <param name="Slots">Sequences that generate at once.</param>
/// <param name="ContextPerSlot">Tokens of one sequence, prompt and answer.</param>
/// <param name="TheirArguments">Options that only llama.cpp's server gets in this scenario.</param>
internal sealed record ServerNeeds(int Slots, int ContextPerSlot, string TheirArguments = "")
{
    private const int Step = 256;

    public int TotalContext => Slots * ContextPerSlot;

    /// <summary>Prompts are only roughly as long as asked for, and the template adds its own: a quarter more, rounded up.</summary>
    public static ServerNeeds For(int slots, int promptTokens, int outputTokens, string theirArguments = "")
    {
        var tokens = (promptTokens * 5 / 4) + outputTokens + 128;
        return new ServerNeeds(slots, (tokens + Step - 1) / Step * Step, theirArguments);
    }
}
