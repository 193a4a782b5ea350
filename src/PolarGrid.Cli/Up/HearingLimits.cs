using PolarGrid.Edge.Transcription;

namespace PolarGrid.Cli.Up;

/// <summary>Limits of speech to text that the operator chose; null: the usual one.</summary>
internal sealed record HearingLimits
{
    private const long MiB = 1024 * 1024;

    /// <summary>Of one recording.</summary>
    public int? MaxAudioMinutes { get; init; }

    /// <summary>MiB of one uploaded file.</summary>
    public int? MaxUploadMb { get; init; }

    /// <summary>Of one live session.</summary>
    public int? LiveSeconds { get; init; }

    /// <summary>At once.</summary>
    public int? LiveSessions { get; init; }

    public IEnumerable<(string Option, int? Value, int Least, int Most)> Ranges =>
    [
        ("--max-audio-minutes", MaxAudioMinutes, 1, 1440),
        ("--max-upload-mb", MaxUploadMb, 1, 1024),
        ("--live-seconds", LiveSeconds, 1, 86_400),
        ("--live-sessions", LiveSessions, 1, 10_000),
    ];

    /// <summary>Sets them, and raises the limits on all requests together to what one may need.</summary>
    public void ApplyTo(TranscriptionOptions options)
    {
        if (MaxAudioMinutes is { } minutes)
        {
            options.MaxAudioSeconds = minutes * 60;
            options.MaxAudioSecondsTogether = Math.Max(options.MaxAudioSecondsTogether, options.MaxAudioSeconds);
            options.MaxJobAudioSecondsTogether = Math.Max(options.MaxJobAudioSecondsTogether, options.MaxAudioSeconds);
        }

        if (MaxUploadMb is { } mb)
        {
            options.MaxFileBytes = mb * MiB;
            options.MaxJobBytesOfKey = Math.Max(options.MaxJobBytesOfKey, options.MaxFileBytes);
            options.MaxJobBytesTogether = Math.Max(options.MaxJobBytesTogether, options.MaxFileBytes);

            // Jobs never fill all of it: a caller can always send one file.
            options.MaxFileBytesTogether = Math.Max(options.MaxFileBytesTogether, options.MaxJobBytesTogether + options.MaxFileBytes);
        }

        options.MaxLiveSeconds = LiveSeconds ?? options.MaxLiveSeconds;
        options.MaxLiveSessions = LiveSessions ?? options.MaxLiveSessions;
    }
}
