namespace PolarGrid.Engine.Speech;

/// <summary>An expected failure of speech in or out: where it happened, what it is, and a sentence that names the value and the way out.</summary>
/// <param name="Stage">How far the request had come.</param>
/// <param name="Code">What a program may act on.</param>
/// <param name="Message">For people; holds nothing of what was said.</param>
public sealed record SpeechError(SpeechStage Stage, SpeechErrorCode Code, string Message)
{
    /// <summary>When the same request may succeed, for codes where waiting helps; null otherwise.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>For the server's log only: what broke, where something was thrown.</summary>
    public Exception? Cause { get; init; }
}

/// <summary>How far a request had come when it failed.</summary>
public enum SpeechStage
{
    /// <summary>Checking settings, reading audio, preparing text.</summary>
    Prepare,

    /// <summary>Waiting for an engine.</summary>
    Queue,

    /// <summary>Speaking or listening.</summary>
    Compute,
}

/// <summary>What went wrong.</summary>
public enum SpeechErrorCode
{
    /// <summary>A setting is outside what the model can do.</summary>
    InvalidSetting,

    /// <summary>The text has nothing that can be spoken.</summary>
    NothingToSay,

    /// <summary>As many requests wait as the queue limit allows.</summary>
    QueueFull,

    /// <summary>The engine is stopping or has stopped.</summary>
    EngineStopped,

    /// <summary>The native library reported a failure.</summary>
    EngineFailed,
}
