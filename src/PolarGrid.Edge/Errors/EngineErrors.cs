using PolarGrid.Edge.Generation;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Errors;

/// <summary>How the engine's failures look on the wire.</summary>
internal static class EngineErrors
{
    private const int DefaultRetryAfterSeconds = 1;

    /// <param name="error">From the engine.</param>
    /// <param name="run">Knows what its fields are called.</param>
    public static ApiError ToApiError(EngineError error, GenerationRun run) => error.Code switch
    {
        EngineErrorCode.ContextLengthExceeded => new(ErrorTable.ContextLength, error.Message, run.PromptField),
        EngineErrorCode.InvalidSetting => new(ErrorTable.InvalidValue, error.Message),
        EngineErrorCode.TemplateFailed => new(ErrorTable.TemplateFailed, error.Message, run.PromptField),
        EngineErrorCode.NoChatTemplate => new(ErrorTable.UnsupportedValue, error.Message, "model"),
        EngineErrorCode.EmptyPrompt or EngineErrorCode.InvalidToken => new(ErrorTable.InvalidValue, error.Message, run.PromptField),
        EngineErrorCode.InvalidGrammar or EngineErrorCode.GrammarFailed => new(ErrorTable.InvalidSchema, error.Message, run.FormatField ?? "tools"),
        EngineErrorCode.QueueFull => Retry(ErrorTable.QueueFull, error, error.Message),
        EngineErrorCode.EngineStopped or EngineErrorCode.Cancelled =>
            Retry(ErrorTable.ModelUnavailable, error, ErrorTable.ModelUnavailable.Sentence),
        _ => new(ErrorTable.Internal, ErrorTable.Internal.Sentence),
    };

    private static ApiError Retry(ErrorKind kind, EngineError error, string message) =>
        new(kind, message) { RetryAfterSeconds = Math.Max(1, error.RetryAfterSeconds ?? DefaultRetryAfterSeconds) };
}
