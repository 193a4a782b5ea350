using System.Runtime.InteropServices;
using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>The library and where its model is. Decoders share nothing, so any number of them may run at once.</summary>
internal sealed unsafe class SphinxLibrary
{
    public const string Id = "pocketsphinx";
    public const int SampleRate = 16_000;
    public const double MaxUtteranceSeconds = 60;

    private const string Package = "libpocketsphinx3";

    private static readonly Lock Gate = new();
    private static bool silenced;

    private readonly SphinxModel model;

    private SphinxLibrary(SphinxModel model)
    {
        this.model = model;
        Description = new TranscriberDescription
        {
            Id = Id,
            Engine = Id,
            SampleRate = SampleRate,
            Languages = ["en"],
            GivesWordTimes = true,
            HearsAsItGoes = true,
            MaxUtteranceSeconds = MaxUtteranceSeconds,

            // Of the release of the library that the model came with.
            Created = new DateTimeOffset(2015, 8, 5, 0, 0, 0, TimeSpan.Zero),
        };
    }

    public TranscriberDescription Description { get; }

    /// <returns>The library, or one sentence on why it cannot be used.</returns>
    public static (SphinxLibrary? Library, string? Missing) Load()
    {
        if (SystemLibrary.TryOpen(NativeNames.Sphinxbase, "libsphinxbase3", out var sphinxbase) is { } noBase) return (null, noBase);
        if (SystemLibrary.TryOpen(NativeNames.Pocketsphinx, Package, out var pocketsphinx) is { } absent) return (null, absent);
        var lacking = SystemLibrary.FirstMissing(
                pocketsphinx, "ps_args", "ps_init", "ps_free", "ps_get_logmath", "ps_get_feat", "ps_get_config", "ps_start_stream", "ps_start_utt", "ps_end_utt",
                "ps_process_raw", "ps_get_hyp", "ps_seg_iter", "ps_seg_next", "ps_seg_free", "ps_seg_word", "ps_seg_frames", "ps_seg_prob")
            ?? SystemLibrary.FirstMissing(
                sphinxbase, "cmd_ln_parse_r", "cmd_ln_free_r", "err_set_logfp", "logmath_log_to_ln", "cmn_live_get", "cmn_live_set",
                "fe_init_auto_r", "fe_free", "fe_start_stream", "fe_start_utt", "fe_process_frames");
        if (lacking is not null) return (null, $"{NativeNames.Pocketsphinx} is not version 0.8+5prealpha: {lacking} is missing.");

        var (model, missing) = SphinxModel.Find();
        if (model is null) return (null, missing);
        lock (Gate)
        {
            if (!silenced) NativeSphinxbase.SetLogFile(0);
            silenced = true;
        }

        return (new SphinxLibrary(model), null);
    }

    /// <summary>Loads the model for one decoder, which takes about a second.</summary>
    /// <exception cref="IOException">The library does not take the model or an argument.</exception>
    public DecoderHandle CreateDecoder(SphinxOptions options)
    {
        var configuration = Parse(options.Arguments(model));
        try
        {
            var decoder = NativePocketsphinx.Create(configuration);
            if (!decoder.IsInvalid) return decoder;
            decoder.Dispose();
            throw new IOException($"pocketsphinx cannot use the model in {model.Acoustic}; install the package pocketsphinx-en-us again.");
        }
        finally
        {
            _ = NativeSphinxbase.FreeArguments(configuration);
        }
    }

    private static nint Parse(IReadOnlyList<string> arguments)
    {
        var strings = new byte*[arguments.Count];
        try
        {
            for (var i = 0; i < strings.Length; i++) strings[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
            fixed (byte** values = strings)
            {
                var configuration = NativeSphinxbase.ParseArguments(0, NativePocketsphinx.Arguments(), strings.Length, values, strict: 1);
                return configuration != 0 ? configuration : throw new IOException($"pocketsphinx does not take the arguments {string.Join(' ', arguments)}.");
            }
        }
        finally
        {
            foreach (var text in strings) Marshal.FreeCoTaskMem((nint)text);
        }
    }
}
