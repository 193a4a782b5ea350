namespace PolarGrid.Audio;

/// <summary>What audio can be written as.</summary>
public enum AudioFormat
{
    /// <summary>RIFF/WAVE, 16-bit, at the source's rate.</summary>
    Wav,

    /// <summary>Samples alone: 24 kHz, 16-bit signed little-endian, no header.</summary>
    Pcm,

    /// <summary>FLAC, 16-bit, at the source's rate.</summary>
    Flac,

    /// <summary>MPEG layer III, 128 kbit/s constant.</summary>
    Mp3,

    /// <summary>Opus in Ogg.</summary>
    Opus,

    /// <summary>AAC in ADTS frames; needs ffmpeg.</summary>
    Aac,
}
