using System.Runtime.InteropServices;
using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Text;

namespace PolarGrid.Engine.Classic.Flite;

/// <summary>
/// The library and its voices, loaded once for the process. Registering voices writes to shared state and is done under a lock here;
/// after it a voice is only read, by as many threads as like (a test holds this up).
/// </summary>
internal sealed unsafe class FliteLibrary
{
    public const string Id = "flite";
    public const int SampleRate = 16_000;

    private const string Package = "libflite1";

    private static readonly Lock Gate = new();
    private static FliteLibrary? loaded;

    // The default first. What the libraries say themselves is only the name.
    private static readonly (string Library, string Register, Voice Voice)[] Known =
    [
        ("libflite_cmu_us_slt.so.1", "register_cmu_us_slt", new Voice("slt", "en-US", VoiceGender.Female)),
        ("libflite_cmu_us_rms.so.1", "register_cmu_us_rms", new Voice("rms", "en-US", VoiceGender.Male)),
        ("libflite_cmu_us_awb.so.1", "register_cmu_us_awb", new Voice("awb", "en-GB", VoiceGender.Male)),
        ("libflite_cmu_us_kal16.so.1", "register_cmu_us_kal16", new Voice("kal16", "en-US", VoiceGender.Male)),
    ];

    private readonly Dictionary<string, FliteVoice> voices;

    private FliteLibrary(List<FliteVoice> found, nint synthesize)
    {
        voices = found.ToDictionary(voice => voice.Description.Id);
        Synthesize = synthesize;
        Description = new SynthesizerDescription
        {
            Id = Id,
            Engine = Id,
            SampleRate = SampleRate,
            Voices = [.. found.Select(voice => voice.Description)],
            Reads = TextForm.PlainEnglish,

            // The date that version 2.2 carries.
            Created = new DateTimeOffset(2018, 9, 1, 0, 0, 0, TimeSpan.Zero),
        };
    }

    public SynthesizerDescription Description { get; }

    /// <summary>The address of the library's whole way from text to wave.</summary>
    public nint Synthesize { get; }

    /// <summary>Loads it at the first call.</summary>
    /// <returns>The library, or one sentence on why it cannot be used.</returns>
    public static (FliteLibrary? Library, string? Missing) Load()
    {
        lock (Gate)
        {
            if (loaded is not null) return (loaded, null);
            var (library, missing) = Open();
            loaded = library;
            return (library, missing);
        }
    }

    public FliteVoice? FindVoice(string id) => voices.GetValueOrDefault(id);

    private static (FliteLibrary? Library, string? Missing) Open()
    {
        if (SystemLibrary.TryOpen(NativeNames.Flite, Package, out var flite) is { } absent) return (null, absent);
        var lacking = SystemLibrary.FirstMissing(
            flite, "flite_init", "new_utterance", "delete_utterance", "utt_set_input_text", "flite_do_synth", "utt_synth", "utt_wave",
            "flite_get_param_float", "flite_feat_set_float", "flite_feat_set", "new_audio_streaming_info", "audio_streaming_info_val");
        if (lacking is not null) return (null, $"{NativeNames.Flite} is not version 2.2: it lacks {lacking}.");

        _ = NativeFlite.Init();
        _ = FliteNoise.Replace(flite);
        List<FliteVoice> found = [];
        foreach (var (file, register, description) in Known)
        {
            if (SystemLibrary.TryOpen(file, Package, out var library) is null && Register(library, register, description) is { } voice) found.Add(voice);
        }

        return found.Count > 0
            ? (new FliteLibrary(found, NativeLibrary.GetExport(flite, "utt_synth")), null)
            : (null, $"none of the voices of {NativeNames.Flite} can be loaded (Debian package {Package}).");
    }

    /// <returns>Null when the voice's own data is not where this version's layout has it.</returns>
    private static FliteVoice? Register(nint library, string function, Voice description)
    {
        if (!NativeLibrary.TryGetExport(library, function, out var address)) return null;
        var voice = ((delegate* unmanaged[Cdecl]<byte*, CstVoice*>)address)(null);
        if (voice == null || Marshal.PtrToStringUTF8((nint)voice->Name) != description.Id) return null;
        return new FliteVoice(description, (nint)voice, FliteFeatures.DurationStretch(voice->Features));
    }
}
