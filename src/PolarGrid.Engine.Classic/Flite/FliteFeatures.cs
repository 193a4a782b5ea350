using PolarGrid.Engine.Classic.Native;

namespace PolarGrid.Engine.Classic.Flite;

/// <summary>The features of voices and utterances that we read and set. The library keeps the address of a name; literals stay where they are.</summary>
internal static unsafe class FliteFeatures
{
    public static float DurationStretch(nint features)
    {
        fixed (byte* name = "duration_stretch"u8) return NativeFlite.GetFloat(features, name, 1f);
    }

    public static void SetDurationStretch(nint features, float stretch)
    {
        fixed (byte* name = "duration_stretch"u8) NativeFlite.SetFloat(features, name, stretch);
    }

    public static void SetStreaming(nint features, CstAudioStreamingInfo* info)
    {
        fixed (byte* name = "streaming_info"u8) NativeFlite.SetValue(features, name, NativeFlite.StreamingInfoValue(info));
    }
}
