using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>pocketsphinx 0.8+5prealpha.</summary>
internal static unsafe partial class NativePocketsphinx
{
    /// <returns>The definitions of all arguments that a decoder takes.</returns>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_args")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Arguments();

    /// <summary>Keeps a reference of its own on the configuration.</summary>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_init")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial DecoderHandle Create(nint configuration);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Free(nint decoder);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_get_logmath")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint LogMath(DecoderHandle decoder);

    /// <summary>Still the decoder's.</summary>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_get_config")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Configuration(DecoderHandle decoder);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_get_feat")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial SphinxFeature* Feature(DecoderHandle decoder);

    /// <returns>0, or below when it failed.</returns>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_start_stream")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int StartStream(DecoderHandle decoder);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_start_utt")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int StartUtterance(DecoderHandle decoder);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_end_utt")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int EndUtterance(DecoderHandle decoder);

    /// <returns>Frames searched, or below 0 when it failed.</returns>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_process_raw")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Process(DecoderHandle decoder, short* samples, nuint count, int noSearch, int fullUtterance);

    /// <returns>Zero-terminated text that lives until the next call on the decoder; null when nothing was heard.</returns>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_get_hyp")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* Hypothesis(DecoderHandle decoder, int* score);

    /// <returns>The first word of the best result, or 0; freed by stepping over the last, or by <see cref="FreeSegment"/>.</returns>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_seg_iter")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint FirstSegment(DecoderHandle decoder);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_seg_next")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint NextSegment(nint segment);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_seg_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void FreeSegment(nint segment);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_seg_word")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* SegmentWord(nint segment);

    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_seg_frames")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SegmentFrames(nint segment, int* first, int* last);

    /// <returns>The posterior probability in the log base of <see cref="LogMath"/>.</returns>
    [LibraryImport(NativeNames.Pocketsphinx, EntryPoint = "ps_seg_prob")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int SegmentProbability(nint segment, int* acoustic, int* language, int* backoff);
}
