namespace PolarGrid.Engine;

/// <summary>An expected failure: where it happened, what it is, and a sentence that names the value and the way out.</summary>
/// <param name="Stage">How far the request had come.</param>
/// <param name="Code">What a program may act on.</param>
/// <param name="Message">For people; holds no prompt text.</param>
public sealed record EngineError(EngineStage Stage, EngineErrorCode Code, string Message)
{
    /// <summary>When the same request may succeed, for codes where waiting helps; null otherwise.</summary>
    public int? RetryAfterSeconds { get; init; }
}

/// <summary>How far a request had come when it failed.</summary>
public enum EngineStage
{
    /// <summary>Checking settings, rendering the template, tokenising.</summary>
    Prepare,

    /// <summary>Waiting for a slot.</summary>
    Queue,

    /// <summary>Computing the prompt.</summary>
    Prefill,

    /// <summary>Generating tokens.</summary>
    Decode,
}

/// <summary>What went wrong.</summary>
public enum EngineErrorCode
{
    /// <summary>A sampling setting is outside its range.</summary>
    InvalidSetting,

    /// <summary>The template refused the conversation or broke one of its limits.</summary>
    TemplateFailed,

    /// <summary>The model has no chat template.</summary>
    NoChatTemplate,

    /// <summary>The model has no tokens to fill in the middle with.</summary>
    NoInfill,

    /// <summary>The prompt has no tokens.</summary>
    EmptyPrompt,

    /// <summary>A token id outside the vocabulary.</summary>
    InvalidToken,

    /// <summary>The prompt, or prompt plus requested tokens, does not fit the context.</summary>
    ContextLengthExceeded,

    /// <summary>As many requests wait as the queue limit allows.</summary>
    QueueFull,

    /// <summary>The engine is stopping or has stopped.</summary>
    EngineStopped,

    /// <summary>The native library reported a failure in a step.</summary>
    DecodeFailed,

    /// <summary>The caller went away.</summary>
    Cancelled,

    /// <summary>The output grammar cannot be used: its text, its size, or that nothing can match it.</summary>
    InvalidGrammar,

    /// <summary>Following the output grammar took more work than one request may cost, or no token of the model fits it.</summary>
    GrammarFailed,
}
