using PolarGrid.LoadBench.Speech;
using PolarGrid.LoadBench.Transcription;

namespace PolarGrid.LoadBench.Audio;

/// <summary>What must be reached.</summary>
internal static class AudioBars
{
    public const double FirstAudioMilliseconds = 100, FirstAudioRatio = 1.1, SpeedRatio = 0.98, OverIdeal = 1.2;

    public static bool Meets(SpeechRow row) => row.SpeedRatio >= SpeedRatio
        && (row.FirstAudioRatio is { } ratio ? ratio <= FirstAudioRatio : row.OursFirstAudio.P50 <= FirstAudioMilliseconds);

    public static bool Meets(TranscriptionRow row) => row.SpeedRatio >= SpeedRatio;

    public static bool Meets(CallersResult result) => result is { OverIdeal: <= OverIdeal, Wrong: 0 };
}
