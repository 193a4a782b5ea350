using PolarGrid.Audio;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Audio;

/// <summary>How failures to write and to read audio look on the wire.</summary>
internal static class AudioErrors
{
    /// <summary>A format that this machine lacks something for is refused like one that does not exist; what an encoder gets wrong is ours.</summary>
    public static ApiError OfEncoder(AudioError error) => error.Code switch
    {
        AudioErrorCode.FfmpegMissing or AudioErrorCode.LibraryMissing => new(ErrorTable.UnsupportedValue, error.Message, "response_format"),
        AudioErrorCode.Busy => new(ErrorTable.QueueFull, error.Message) { RetryAfterSeconds = 1 },
        _ => new(ErrorTable.SpeechFailed, ErrorTable.SpeechFailed.Sentence),
    };

    /// <summary>What somebody sent is theirs to mend, what this machine lacks is not.</summary>
    public static ApiError OfDecoder(AudioError error) => error.Code switch
    {
        AudioErrorCode.LibraryMissing => new(ErrorTable.ModelUnavailable, error.Message) { RetryAfterSeconds = 60 },
        AudioErrorCode.Failed => new(ErrorTable.SpeechFailed, ErrorTable.SpeechFailed.Sentence),
        AudioErrorCode.TooManyBytes => new(ErrorTable.BodyTooLarge, error.Message, "file"),
        _ => new(ErrorTable.InvalidAudio, error.Message, "file"),
    };
}
