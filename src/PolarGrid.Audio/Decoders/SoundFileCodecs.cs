using PolarGrid.Audio.Native;

namespace PolarGrid.Audio.Decoders;

/// <summary>Which pairs of container and encoding are read, and what they are called.</summary>
internal static class SoundFileCodecs
{
    /// <param name="format"><c>SF_INFO.format</c> as the library filled it in.</param>
    /// <param name="container">What the bytes announced; the library must have come to the same view.</param>
    /// <returns>Null for a pair that is not read.</returns>
    public static string? Name(int format, AudioContainer container)
    {
        var encoding = format & SoundFileFormat.EncodingMask;
        return (format & SoundFileFormat.ContainerMask, container) switch
        {
            (SoundFileFormat.Wav or SoundFileFormat.WavExtensible, AudioContainer.Wav) => Wav(encoding),
            (SoundFileFormat.Flac, AudioContainer.Flac) => Linear(encoding) is null ? null : "flac",
            (SoundFileFormat.Ogg, AudioContainer.Ogg) => Ogg(encoding),
            (SoundFileFormat.Mpeg, AudioContainer.Mp3) => Mpeg(encoding),
            _ => null,
        };
    }

    private static string? Wav(int encoding) => encoding switch
    {
        SoundFileFormat.MuLaw => "mulaw",
        SoundFileFormat.ALaw => "alaw",
        SoundFileFormat.ImaAdpcm => "ima_adpcm",
        SoundFileFormat.MsAdpcm => "ms_adpcm",
        SoundFileFormat.Gsm610 => "gsm",
        SoundFileFormat.Float => "pcm_f32",
        SoundFileFormat.Double => "pcm_f64",
        _ => Linear(encoding),
    };

    private static string? Linear(int encoding) => encoding switch
    {
        SoundFileFormat.PcmU8 => "pcm_u8",
        SoundFileFormat.PcmS8 => "pcm_s8",
        SoundFileFormat.Pcm16 => "pcm_s16",
        SoundFileFormat.Pcm24 => "pcm_s24",
        SoundFileFormat.Pcm32 => "pcm_s32",
        _ => null,
    };

    private static string? Ogg(int encoding) => encoding switch
    {
        SoundFileFormat.Vorbis => "vorbis",
        SoundFileFormat.Opus => "opus",
        _ => null,
    };

    private static string? Mpeg(int encoding) => encoding switch
    {
        SoundFileFormat.MpegLayer1 => "mp1",
        SoundFileFormat.MpegLayer2 => "mp2",
        SoundFileFormat.MpegLayer3 => "mp3",
        _ => null,
    };
}
