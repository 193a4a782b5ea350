namespace PolarGrid.Audio.Decoders;

/// <summary>Containers that are told apart by their bytes.</summary>
public enum AudioContainer
{
    /// <summary>RIFF, RIFX or RF64 with the form WAVE.</summary>
    Wav,

    /// <summary>Native FLAC.</summary>
    Flac,

    /// <summary>Ogg with Vorbis or Opus. (FLAC in Ogg is not read: the system's library lacks it.)</summary>
    Ogg,

    /// <summary>MPEG audio layers I to III.</summary>
    Mp3,

    /// <summary>The ISO media family: mp4, m4a, mov, 3gp. Needs ffmpeg.</summary>
    Mp4,

    /// <summary>Matroska and WebM. Needs ffmpeg.</summary>
    WebM,

    /// <summary>AAC in ADTS frames. Needs ffmpeg.</summary>
    Aac,
}

/// <summary>Names of containers for people and logs.</summary>
public static class AudioContainers
{
    /// <summary>One clause for messages: what is accepted, given what the machine has.</summary>
    public static string Accepted => AudioLibraries.FfmpegPath is null
        ? "wav, flac, ogg (vorbis, opus) and mp3; m4a, webm and aac need ffmpeg, which is not installed"
        : "wav, flac, ogg (vorbis, opus), mp3, m4a, mp4, webm and aac";

    public static string Name(AudioContainer container) => container switch
    {
        AudioContainer.Wav => "wav",
        AudioContainer.Flac => "flac",
        AudioContainer.Ogg => "ogg",
        AudioContainer.Mp3 => "mp3",
        AudioContainer.Mp4 => "mp4",
        AudioContainer.WebM => "webm",
        AudioContainer.Aac => "aac",
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, null),
    };

    internal static bool NeedsFfmpeg(AudioContainer container) =>
        container is AudioContainer.Mp4 or AudioContainer.WebM or AudioContainer.Aac;
}
