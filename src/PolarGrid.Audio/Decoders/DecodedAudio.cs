namespace PolarGrid.Audio.Decoders;

/// <summary>A file's audio, ready for a recogniser.</summary>
/// <param name="Samples">Mono, the mean of the channels, -1 to 1, at <paramref name="SampleRate"/>; 1 or more.</param>
/// <param name="SampleRate">Hertz, as asked.</param>
/// <param name="Seconds">Length of the source.</param>
/// <param name="Container">What the bytes were.</param>
/// <param name="Codec">How the samples were stored, for example <c>pcm_s16</c>, <c>vorbis</c>; empty where ffmpeg decoded them.</param>
/// <param name="SourceRate">Hertz.</param>
/// <param name="SourceChannels">Before mixing down.</param>
public sealed record DecodedAudio(
    ReadOnlyMemory<float> Samples, int SampleRate, double Seconds, AudioContainer Container, string Codec, int SourceRate, int SourceChannels);
