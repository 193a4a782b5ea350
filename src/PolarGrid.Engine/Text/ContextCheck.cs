namespace PolarGrid.Engine.Text;

/// <summary>Whether prompt and answer fit the context; nothing is ever cut to make them fit.</summary>
internal static class ContextCheck
{
    /// <summary>How many tokens the answer may have, or why the request does not fit.</summary>
    public static (int MaxTokens, EngineError? Error) AnswerTokens(int contextTokens, int promptTokens, GenerationRequest request)
    {
        var room = contextTokens - promptTokens;
        if (room < 1) return (0, PromptTooLong(contextTokens, promptTokens, atLeast: false));
        if (request.MaxTokens is not { } asked) return (Math.Min(request.DefaultMaxTokens ?? room, room), null);
        if (asked <= room) return (asked, null);
        return (0, Error(
            $"This model's context is {contextTokens} tokens, but {(long)promptTokens + asked} were requested: {promptTokens} in the prompt "
            + $"and {asked} for the answer. Ask for at most {room} tokens, or shorten the prompt."));
    }

    public static EngineError PromptTooLong(int contextTokens, int promptTokens, bool atLeast) => Error(
        $"This model's context is {contextTokens} tokens, but the prompt has {(atLeast ? "at least " : "")}{promptTokens} and the answer "
        + $"needs at least 1. Shorten the prompt to {contextTokens - 1} tokens or fewer.");

    private static EngineError Error(string message) => new(EngineStage.Prepare, EngineErrorCode.ContextLengthExceeded, message);
}
