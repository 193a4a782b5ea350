using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary><c>cst_audio_streaming_info</c> of <c>cst_audio.h</c>: who takes a wave while it is made.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CstAudioStreamingInfo
{
    public const int Stop = -1;
    public const int Continue = 0;

    /// <summary>The callback comes when more samples than this wait.</summary>
    public int MinBufferSize;

    /// <summary>Wave, first new sample, new samples, whether they are the last, this struct; tells <see cref="Stop"/> or <see cref="Continue"/>.</summary>
    public delegate* unmanaged[Cdecl]<CstWave*, int, int, int, CstAudioStreamingInfo*, int> Callback;

    public nint Utterance;
    public nint Item;
    public nint UserData;
}
