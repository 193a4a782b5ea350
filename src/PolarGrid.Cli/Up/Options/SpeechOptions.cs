using System.CommandLine;

namespace PolarGrid.Cli.Up.Options;

/// <summary>Speaking and hearing.</summary>
internal sealed class SpeechOptions
{
    private readonly Option<int?> speechEngines = new("--speech-engines")
    {
        Description = "Instances of each speech model, 1 to 64: so many texts are spoken and recordings heard at the same time. Without it: one per processor, at most 4.",
        HelpName = "N",
    };

    private readonly Option<int?> speechThreads = new("--speech-threads")
    {
        Description = "Threads that a neural speech model computes one piece with, 1 to 64; the instances of a model share them. More answer one caller sooner, fewer serve many better. Without it: 1.",
        HelpName = "N",
    };

    private readonly Option<bool> noSpeech = new("--no-speech")
    {
        Description = "Serve no speech models.",
    };

    private readonly Option<int?> maxAudioMinutes = new("--max-audio-minutes")
    {
        Description = "Longest recording that is transcribed, in minutes, 1 to 1440. Without it: 120.",
        HelpName = "N",
    };

    private readonly Option<int?> maxUploadMb = new("--max-upload-mb")
    {
        Description = "Largest file that is transcribed, in MiB, 1 to 1024. Without it: 25.",
        HelpName = "N",
    };

    private readonly Option<int?> liveSeconds = new("--live-seconds")
    {
        Description = "Longest live session, in seconds, 1 to 86400. Without it: 120.",
        HelpName = "N",
    };

    private readonly Option<int?> liveSessions = new("--live-sessions")
    {
        Description = "Most live sessions at once, 1 to 10000; one more is refused with 503. Without it: 16.",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[speechEngines, speechThreads, noSpeech, maxAudioMinutes, maxUploadMb, liveSeconds, liveSessions]) command.Options.Add(option);
    }

    /// <param name="settings">What is known so far.</param>
    /// <param name="parsed">The command line.</param>
    public UpSettings Read(UpSettings settings, ParseResult parsed) => settings with
    {
        SpeechEngines = parsed.GetValue(speechEngines),
        SpeechThreads = parsed.GetValue(speechThreads),
        NoSpeech = parsed.GetValue(noSpeech),
        Hearing = new HearingLimits
        {
            MaxAudioMinutes = parsed.GetValue(maxAudioMinutes),
            MaxUploadMb = parsed.GetValue(maxUploadMb),
            LiveSeconds = parsed.GetValue(liveSeconds),
            LiveSessions = parsed.GetValue(liveSessions),
        },
    };
}
