using System.Text;
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

    /// <summary>One token as a piece of its own.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="logprob">Its own.</param>
    /// <param name="characters">Characters before it.</param>
    /// <param name="choice">Whose.</param>
    /// <param name="top">The likeliest tokens at its place.</param>
    public static ScriptStep Scored(string text, float logprob, int characters = 0, int choice = 0, params (string Text, float Logprob)[] top)
    {
        var block = new LogprobBlock();
        block.Add(new TokenLogprob(1, logprob, 0, 0, false, characters, top.Length), Encoding.UTF8.GetBytes(text));
        foreach (var (other, its) in top) block.Add(new TokenLogprob(2, its, 0, 0, other.StartsWith('<'), characters, 0), Encoding.UTF8.GetBytes(other));
        return new ScriptStep.Say(text, choice) { Logprobs = block };
    }

    public static ScriptStep[] Fail(EngineErrorCode code, string message = "It failed.", int? retryAfterSeconds = null) =>
        [new ScriptStep.Fail(new EngineError(EngineStage.Prepare, code, message) { RetryAfterSeconds = retryAfterSeconds })];
}
