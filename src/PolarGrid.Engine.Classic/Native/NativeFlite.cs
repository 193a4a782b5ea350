using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>flite 2.2. It reports no errors and keeps the pointer of every feature's name, so names must never move: UTF-8 literals do not.</summary>
internal static unsafe partial class NativeFlite
{
    [LibraryImport(NativeNames.Flite, EntryPoint = "flite_init")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Init();

    [LibraryImport(NativeNames.Flite, EntryPoint = "new_utterance")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial UtteranceHandle NewUtterance();

    [LibraryImport(NativeNames.Flite, EntryPoint = "delete_utterance")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DeleteUtterance(nint utterance);

    /// <summary>Copies the text.</summary>
    [LibraryImport(NativeNames.Flite, EntryPoint = "utt_set_input_text")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int SetInputText(UtteranceHandle utterance, byte* text);

    /// <param name="utterance">Deleted by the library when the synthesis fails.</param>
    /// <param name="voice">A registered voice; read only.</param>
    /// <param name="synthesize">The address of <c>utt_synth</c>.</param>
    /// <returns>The utterance, or null when the synthesis failed.</returns>
    [LibraryImport(NativeNames.Flite, EntryPoint = "flite_do_synth")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Synthesize(UtteranceHandle utterance, CstVoice* voice, nint synthesize);

    [LibraryImport(NativeNames.Flite, EntryPoint = "utt_wave")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial CstWave* Wave(UtteranceHandle utterance);

    [LibraryImport(NativeNames.Flite, EntryPoint = "flite_get_param_float")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial float GetFloat(nint features, byte* name, float otherwise);

    [LibraryImport(NativeNames.Flite, EntryPoint = "flite_feat_set_float")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetFloat(nint features, byte* name, float value);

    /// <summary>The features own the value from then on.</summary>
    [LibraryImport(NativeNames.Flite, EntryPoint = "flite_feat_set")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetValue(nint features, byte* name, nint value);

    [LibraryImport(NativeNames.Flite, EntryPoint = "new_audio_streaming_info")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial CstAudioStreamingInfo* NewStreamingInfo();

    /// <summary>A value that owns the streaming info.</summary>
    [LibraryImport(NativeNames.Flite, EntryPoint = "audio_streaming_info_val")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint StreamingInfoValue(CstAudioStreamingInfo* info);
}
