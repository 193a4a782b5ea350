namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>How a caller wants speech to be found (<c>chunking_strategy</c>). Null: as is usual here.</summary>
/// <param name="Threshold">0 to 1.</param>
/// <param name="PaddingSeconds">Taken along before speech.</param>
/// <param name="SilenceSeconds">That ends a stretch.</param>
internal sealed record VoiceDetection(float Threshold = VoiceDetection.UsualThreshold, double? PaddingSeconds = null, double? SilenceSeconds = null)
{
    public const float UsualThreshold = 0.5f;

    public static VoiceDetection Usual { get; } = new();

    /// <summary>What <c>server_vad</c> stands for where a member is left out (wire format section 12).</summary>
    public static VoiceDetection Documented { get; } = new(UsualThreshold, 0.3, 0.2);
}
