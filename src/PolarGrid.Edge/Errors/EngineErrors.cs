using PolarGrid.Edge.Generation;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Errors;

/// <summary>How the engine's failures look on the wire.</summary>
internal static class EngineErrors
{
    private const int DefaultRetryAfterSeconds = 1;

    /// <param name="error">From the engine.</param>
    /// <param name="run">Knows what its fields are called.</param>
    public static ApiError ToApiError(EngineError error, GenerationRun run) => ToApiError(error, run.PromptField, run.FormatField);

    /// <param name="error">From the engine.</param>
    /// <param name="promptField"><c>messages</c>, <c>prompt</c> or <c>input</c>.</param>
    /// <param name="formatField">The field that asked for constrained output; null where none did.</param>
    public static ApiError ToApiError(EngineError error, string promptField, string? formatField = null) => error.Code switch
    {
        EngineErrorCode.ContextLengthExceeded => new(ErrorTable.ContextLength, error.Message, promptField),
        EngineErrorCode.InvalidSetting => new(ErrorTable.InvalidValue, error.Message),
        EngineErrorCode.TemplateFailed => new(ErrorTable.TemplateFailed, error.Message, promptField),
        EngineErrorCode.NoChatTemplate => new(ErrorTable.UnsupportedValue, error.Message, "model"),
        EngineErrorCode.EmptyPrompt or EngineErrorCode.InvalidToken => new(ErrorTable.InvalidValue, error.Message, promptField),
        EngineErrorCode.NoInfill => new(ErrorTable.UnsupportedParameter, error.Message, "suffix"),
        EngineErrorCode.InvalidGrammar or EngineErrorCode.GrammarFailed => new(ErrorTable.InvalidSchema, error.Message, formatField ?? "tools"),
        EngineErrorCode.QueueFull => Retry(ErrorTable.QueueFull, error, error.Message),
        EngineErrorCode.EngineStopped or EngineErrorCode.Cancelled =>
            Retry(ErrorTable.ModelUnavailable, error, ErrorTable.ModelUnavailable.Sentence),
        _ => new(ErrorTable.Internal, ErrorTable.Internal.Sentence),
    };

    private static ApiError Retry(ErrorKind kind, EngineError error, string message) =>
        new(kind, message) { RetryAfterSeconds = Math.Max(1, error.RetryAfterSeconds ?? DefaultRetryAfterSeconds) };
}
