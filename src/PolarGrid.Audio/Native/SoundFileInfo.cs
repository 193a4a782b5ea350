using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary><c>SF_INFO</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SoundFileInfo
{
    /// <summary>As the header says; no size is ever derived from it.</summary>
    public long Frames;
    public int SampleRate;
    public int Channels;
    public int Format;
    public int Sections;
    public int Seekable;
}
