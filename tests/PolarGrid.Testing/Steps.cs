using PolarGrid.Engine;

namespace PolarGrid.Testing;

/// <summary>Common scripts.</summary>
public static class Steps
{
    /// <summary>Every choice says the pieces in turn, then stops.</summary>
    public static IEnumerable<ScriptStep> Answer(GenerationRequest request, params string[] pieces)
    {
        yield return new ScriptStep.Start();
        foreach (var piece in pieces)
        {
            for (var choice = 0; choice < request.Choices; choice++) yield return new ScriptStep.Say(piece, choice);
        }

        for (var choice = 0; choice < request.Choices; choice++) yield return new ScriptStep.Finish(choice);
        yield return new ScriptStep.Complete();
    }

    public static ScriptStep[] Fail(EngineErrorCode code, string message = "It failed.", int? retryAfterSeconds = null) =>
        [new ScriptStep.Fail(new EngineError(EngineStage.Prepare, code, message) { RetryAfterSeconds = retryAfterSeconds })];
}
