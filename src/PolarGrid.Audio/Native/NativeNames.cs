namespace PolarGrid.Audio.Native;

/// <summary>Import names; <see cref="NativeLibraries"/> says which files they stand for.</summary>
internal static class NativeNames
{
    public const string SoundFile = "sndfile";
    public const string Resampler = "soxr";
}
