namespace PolarGrid.Audio.Native;

/// <summary>The parts of <c>SF_INFO.format</c> that are used here.</summary>
internal static class SoundFileFormat
{
    public const int ContainerMask = 0x0FFF0000;
    public const int EncodingMask = 0x0000FFFF;

    public const int Wav = 0x010000;
    public const int WavExtensible = 0x130000;
    public const int Rf64 = 0x220000;
    public const int Flac = 0x170000;
    public const int Ogg = 0x200000;
    public const int Mpeg = 0x230000;

    public const int Pcm16 = 0x0002;
    public const int Pcm24 = 0x0003;
    public const int Pcm32 = 0x0004;
    public const int PcmU8 = 0x0005;
    public const int PcmS8 = 0x0001;
    public const int Float = 0x0006;
    public const int Double = 0x0007;
    public const int MuLaw = 0x0010;
    public const int ALaw = 0x0011;
    public const int ImaAdpcm = 0x0012;
    public const int MsAdpcm = 0x0013;
    public const int Gsm610 = 0x0020;
    public const int Vorbis = 0x0060;
    public const int Opus = 0x0064;
    public const int MpegLayer1 = 0x0080;
    public const int MpegLayer2 = 0x0081;
    public const int MpegLayer3 = 0x0082;
}
