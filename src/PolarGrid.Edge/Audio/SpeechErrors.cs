using PolarGrid.Edge.Errors;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Audio;

/// <summary>How the speech engines' failures look on the wire.</summary>
internal static class SpeechErrors
{
    private const int DefaultRetryAfterSeconds = 1;

    /// <param name="error">From an engine or its pool.</param>
    /// <param name="field">What the request called the text or the recording: <c>input</c> or <c>file</c>.</param>
    public static ApiError ToApiError(SpeechError error, string field) => error.Code switch
    {
        SpeechErrorCode.InvalidSetting => new(ErrorTable.InvalidValue, error.Message, error.Stage == SpeechStage.Prepare ? field : null),
        SpeechErrorCode.NothingToSay => new(ErrorTable.InvalidValue, error.Message, field),
        SpeechErrorCode.QueueFull => Retry(ErrorTable.QueueFull, error, error.Message),
        SpeechErrorCode.EngineStopped => Retry(ErrorTable.ModelUnavailable, error, ErrorTable.ModelUnavailable.Sentence),
        _ => new(ErrorTable.SpeechFailed, ErrorTable.SpeechFailed.Sentence) { RetryAfterSeconds = error.RetryAfterSeconds },
    };

    private static ApiError Retry(ErrorKind kind, SpeechError error, string message) =>
        new(kind, message) { RetryAfterSeconds = Math.Max(1, error.RetryAfterSeconds ?? DefaultRetryAfterSeconds) };
}
