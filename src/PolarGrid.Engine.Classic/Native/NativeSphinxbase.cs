using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>sphinxbase 0.8+5prealpha: arguments, log, and the mean of the cepstrum.</summary>
internal static unsafe partial class NativeSphinxbase
{
    /// <summary>Copies the strings.</summary>
    /// <returns>0 when an argument is unknown or malformed.</returns>
    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "cmd_ln_parse_r")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ParseArguments(nint update, nint definitions, int count, byte** arguments, int strict);

    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "cmd_ln_free_r")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int FreeArguments(nint configuration);

    /// <summary>Where the library writes its log; 0 for nowhere.</summary>
    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "err_set_logfp")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetLogFile(nint file);

    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "logmath_log_to_ln")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial double ToNaturalLog(nint logMath, int value);

    /// <param name="normalisation">Of the decoder's features.</param>
    /// <param name="mean">Room for as many values as the cepstrum has.</param>
    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "cmn_live_get")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void GetMean(nint normalisation, float* mean);

    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "cmn_live_set")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetMean(nint normalisation, float* mean);

    /// <summary>A front end as the configuration describes it; keeps a reference of its own on the configuration.</summary>
    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "fe_init_auto_r")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial FrontEndHandle CreateFrontEnd(nint configuration);

    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "fe_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int FreeFrontEnd(nint frontEnd);

    /// <summary>Forgets the noise that it heard.</summary>
    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "fe_start_stream")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void StartStream(FrontEndHandle frontEnd);

    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "fe_start_utt")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int StartUtterance(FrontEndHandle frontEnd);

    /// <param name="frontEnd">Keeps what is left over of a frame.</param>
    /// <param name="samples">Moved behind the samples taken.</param>
    /// <param name="sampleCount">Becomes how many are left.</param>
    /// <param name="rows">Room for each frame.</param>
    /// <param name="rowCount">Rows there are; becomes how many were written.</param>
    /// <param name="first">Where speech began, for a front end that leaves out silence.</param>
    [LibraryImport(NativeNames.Sphinxbase, EntryPoint = "fe_process_frames")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Process(FrontEndHandle frontEnd, short** samples, nuint* sampleCount, float** rows, int* rowCount, int* first);
}
