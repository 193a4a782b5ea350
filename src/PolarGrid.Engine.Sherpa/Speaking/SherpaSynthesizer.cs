using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>A voice model as an engine. Text is brought into the form that the model takes before the library sees it.</summary>
internal sealed class SherpaSynthesizer : ISynthesizer
{
    private readonly VoiceFacts facts;
    private readonly IReadOnlyDictionary<string, SpeakingVoice> voices;
    private readonly LoadedVoice loaded;
    private readonly TtsHandle handle;
    private bool disposed;

    public SherpaSynthesizer(
        SynthesizerDescription model, VoiceFacts facts, IReadOnlyDictionary<string, SpeakingVoice> voices, LoadedVoice loaded)
    {
        Model = model;
        this.facts = facts;
        this.voices = voices;
        this.loaded = loaded;
        handle = loaded.Take();
    }

    public SynthesizerDescription Model { get; }

    public SpeechError? Speak(SpokenPiece piece, AudioSink sink)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentException.ThrowIfNullOrEmpty(piece.Text);
        ArgumentOutOfRangeException.ThrowIfLessThan(piece.Speed, 0.25f);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(piece.Speed, 4f);
        if (!voices.TryGetValue(piece.Voice, out var voice))
        {
            return Refuse($"The voice '{piece.Voice}' is not one of '{Model.Id}'; its voices are {string.Join(", ", voices.Keys.Take(50))}.");
        }

        if (piece.Language is { } language && !EspeakVoice.Speaks(voice.Entry.Language, language))
        {
            return Refuse($"The voice '{voice.Entry.Id}' speaks {voice.Entry.Language}, not '{language}'; leave language out or choose another voice.");
        }

        var fitted = facts.Characters is { } characters ? CharacterText.Fit(piece.Text, characters, facts.DropsLoneTail) : PhonemeText.Fit(piece.Text);
        if (fitted.Error is { } error) return error;
        foreach (var part in fitted.Parts)
        {
            var (outcome, wanted) = Generate(part, piece, voice, sink);
            if (outcome is not null || !wanted) return outcome;
        }

        return null;
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        loaded.Return();
    }

    private unsafe (SpeechError? Error, bool Wanted) Generate(string part, SpokenPiece piece, SpeakingVoice voice, AudioSink sink)
    {
        using var text = new NativeText();
        var config = new GenerationConfig
        {
            SilenceScale = 1,
            Speed = piece.Speed,
            Speaker = voice.Entry.Speaker,
            Extra = text.Add(voice.PhonemeLanguage is { } language ? $$"""{"lang":"{{language}}"}""" : null),
        };
        var call = new Call(sink);
        var pinned = GCHandle.Alloc(call);
        try
        {
            // What the callback has passed on is kept by the library once more and freed unread.
            using var audio = NativeTts.Generate(handle, (byte*)text.Add(part), &config, &Receive, (void*)GCHandle.ToIntPtr(pinned));
            call.Failure?.Throw();
            return audio.IsInvalid && call.Samples == 0 && call.Wanted
                ? (new SpeechError(SpeechStage.Compute, SpeechErrorCode.EngineFailed, $"The voice model '{Model.Id}' made no sound of a text of {part.Length} characters."), true)
                : (null, call.Wanted);
        }
        finally
        {
            pinned.Free();
        }
    }

    // An exception must not unwind into native code: it is kept and thrown behind it.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Receive(float* samples, int count, float progress, void* argument)
    {
        var call = (Call)GCHandle.FromIntPtr((nint)argument).Target!;
        try
        {
            if (count <= 0 || samples is null) return call.Wanted ? 1 : 0;
            call.Samples += count;
            call.Wanted = call.Wanted && call.Sink(new ReadOnlySpan<float>(samples, count));
        }
        catch (Exception failed)
        {
            call.Failure = ExceptionDispatchInfo.Capture(failed);
            call.Wanted = false;
        }

        return call.Wanted ? 1 : 0;
    }

    private static SpeechError Refuse(string message) => new(SpeechStage.Prepare, SpeechErrorCode.InvalidSetting, message);

    private sealed class Call(AudioSink sink)
    {
        public AudioSink Sink { get; } = sink;

        public bool Wanted { get; set; } = true;

        public long Samples { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
