using PolarGrid.Engine;

namespace PolarGrid.Testing;

/// <summary>Something that a scripted engine does.</summary>
public abstract record ScriptStep
{
    /// <summary>Whether the reader is woken only after the next step, as when both happened in one step of the engine.</summary>
    public bool JoinsNext { get; init; }

    public sealed record Start(int PromptTokens = 7, int CachedTokens = 0, TimeSpan QueueTime = default) : ScriptStep;

    public sealed record Say(string Text, int Choice = 0, int Tokens = 1) : ScriptStep
    {
        /// <summary>What an engine adds for a request that asks for log-probabilities.</summary>
        public LogprobBlock? Logprobs { get; init; }
    }

    public sealed record Wait(Task Until) : ScriptStep;

    public sealed record Finish(int Choice = 0, FinishReason Reason = FinishReason.Stop, int Tokens = 1) : ScriptStep;

    public sealed record Complete : ScriptStep;

    public sealed record Fail(EngineError Error) : ScriptStep;
}
