namespace PolarGrid.Audio;

/// <summary>The names of <see cref="AudioFormat"/> on the wire.</summary>
public static class AudioFormats
{
    /// <summary>Names as <c>response_format</c> has them, in the order of the enum.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<AudioFormat>().Select(Name)];

    /// <summary>As <c>response_format</c> has it, which is also the usual file extension but for Opus.</summary>
    public static string Name(AudioFormat format) => format switch
    {
        AudioFormat.Wav => "wav",
        AudioFormat.Pcm => "pcm",
        AudioFormat.Flac => "flac",
        AudioFormat.Mp3 => "mp3",
        AudioFormat.Opus => "opus",
        AudioFormat.Aac => "aac",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>Media type of a body in this format, without parameters.</summary>
    public static string MediaType(AudioFormat format) => format switch
    {
        AudioFormat.Wav => "audio/wav",
        AudioFormat.Pcm => "audio/pcm",
        AudioFormat.Flac => "audio/flac",
        AudioFormat.Mp3 => "audio/mpeg",
        AudioFormat.Opus => "audio/ogg",
        AudioFormat.Aac => "audio/aac",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The format of a wire name, in lower case exactly; null for any other text.</summary>
    public static AudioFormat? Find(string name)
    {
        foreach (var format in Enum.GetValues<AudioFormat>())
        {
            if (Name(format) == name) return format;
        }

        return null;
    }
}
