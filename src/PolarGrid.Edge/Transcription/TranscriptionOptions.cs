namespace PolarGrid.Edge.Transcription;

/// <summary>Limits and timing of speech to text. All are fixed at start and checked there.</summary>
public sealed class TranscriptionOptions
{
    /// <summary>Bytes of an uploaded file, 1 KiB to 1 GiB; larger gets 413. The default is OpenAI's limit.</summary>
    public long MaxFileBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>Bytes of all files that are being received or wait, at least <see cref="MaxFileBytes"/>, at most 1 TiB; beyond it 503.</summary>
    public long MaxFileBytesTogether { get; set; } = 512L * 1024 * 1024;

    /// <summary>Length of a file's audio in seconds, 1 to 86,400, however few bytes it takes.</summary>
    public double MaxAudioSeconds { get; set; } = 2 * 3600;

    /// <summary>
    /// Seconds of decoded audio that all requests with a caller on the line may hold together, at least <see cref="MaxAudioSeconds"/>, at
    /// most 10,000,000; more wait a while, then 503.
    /// </summary>
    public double MaxAudioSecondsTogether { get; set; } = 3 * 3600;

    /// <summary>Seconds of decoded audio that all jobs may hold together, at least <see cref="MaxAudioSeconds"/>, at most 10,000,000; more wait.</summary>
    public double MaxJobAudioSecondsTogether { get; set; } = 2 * 3600;

    /// <summary>Jobs of one key that are kept, finished ones included: 1 to 100,000; beyond it 429.</summary>
    public int MaxJobsOfKey { get; set; } = 100;

    /// <summary>Bytes of the files of one key's waiting jobs, at least <see cref="MaxFileBytes"/>, at most 1 TiB; beyond it 429.</summary>
    public long MaxJobBytesOfKey { get; set; } = 128L * 1024 * 1024;

    /// <summary>
    /// Of <see cref="MaxFileBytesTogether"/>, how much waiting jobs of all keys may fill, at least <see cref="MaxFileBytes"/>, at most 1 TiB;
    /// beyond it 503. The rest is for callers who wait.
    /// </summary>
    public long MaxJobBytesTogether { get; set; } = 192L * 1024 * 1024;

    /// <summary>Jobs of all keys that are kept, 1 to 1,000,000; beyond it 503.</summary>
    public int MaxJobs { get; set; } = 10_000;

    /// <summary>Jobs that are worked on at once, 1 to 64; others wait, and keys take turns.</summary>
    public int MaxRunningJobs { get; set; } = 2;

    /// <summary>How long a finished job can be asked for, 1 to 604,800 seconds.</summary>
    public double JobKeptSeconds { get; set; } = 3600;

    /// <summary>Live sessions at once, 1 to 10,000; beyond it 503.</summary>
    public int MaxLiveSessions { get; set; } = 16;

    /// <summary>Length of a live session, by its audio and by the clock: 1 to 86,400 seconds.</summary>
    public double MaxLiveSeconds { get; set; } = 120;
}
