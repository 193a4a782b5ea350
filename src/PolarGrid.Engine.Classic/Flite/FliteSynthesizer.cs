using System.Runtime.InteropServices;
using System.Text;
using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Text;

namespace PolarGrid.Engine.Classic.Flite;

/// <summary>Speaks with flite. An instance has no native memory of its own between calls; the voices are shared.</summary>
internal sealed unsafe class FliteSynthesizer : ISynthesizer
{
    // Of one native call. flite computes a whole utterance before its first sample, and has no error returns.
    private const int MostCharacters = 500;

    private readonly FliteLibrary library;
    private readonly FliteStream stream = new();
    private readonly byte[] text = new byte[MostCharacters + 1];
    private readonly GCHandle self;
    private bool disposed;

    public FliteSynthesizer(FliteLibrary library)
    {
        this.library = library;
        self = GCHandle.Alloc(stream);
    }

    public SynthesizerDescription Model => library.Description;

    /// <inheritdoc/>
    public SpeechError? Speak(SpokenPiece piece, AudioSink sink)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Check(piece, out var voice) is { } refused) return refused;
        var (reading, unspeakable) = EnglishReading.Of(piece.Text, FliteLibrary.Id);
        if (unspeakable is not null) return unspeakable;
        if (reading!.Length == 0) return new(SpeechStage.Prepare, SpeechErrorCode.NothingToSay, "The text has no letter and no digit that could be spoken.");

        stream.Begin(sink);
        foreach (var part in SentenceSplitter.Cut(reading, MostCharacters))
        {
            if (stream.Stopped) break;
            if (part.Any(char.IsAsciiLetterOrDigit) && Synthesize(part, voice!, piece.Speed) is { } failed) return failed;
        }

        stream.End();
        return null;
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        self.Free();
    }

    private SpeechError? Check(SpokenPiece piece, out FliteVoice? voice)
    {
        voice = library.FindVoice(piece.Voice);
        if (voice is null)
        {
            return Invalid($"The voice '{piece.Voice}' is not one of '{Model.Id}'; it has: {string.Join(", ", Model.Voices.Select(known => known.Id))}.");
        }

        if (!(piece.Speed is >= 0.25f and <= 4f)) return Invalid($"The speed is {piece.Speed}; it must be between 0.25 and 4.");
        return piece.Language is null || piece.Language.Split('-', '_')[0].Equals("en", StringComparison.OrdinalIgnoreCase)
            ? null
            : Invalid($"The language is '{piece.Language}'; the voices of '{Model.Id}' speak English (en).");
    }

    /// <summary>One native call.</summary>
    /// <param name="part">Printable ASCII, at most <see cref="MostCharacters"/>.</param>
    /// <param name="voice">Who speaks.</param>
    /// <param name="speed">0.25 to 4.</param>
    private SpeechError? Synthesize(string part, FliteVoice voice, float speed)
    {
        text[Encoding.ASCII.GetBytes(part, text)] = 0;
        using var utterance = NativeFlite.NewUtterance();
        if (utterance.IsInvalid) return Failed();
        fixed (byte* bytes = text) _ = NativeFlite.SetInputText(utterance, bytes);

        var features = ((CstUtterance*)utterance.DangerousGetHandle())->Features;
        FliteFeatures.SetDurationStretch(features, voice.DurationStretch / speed);
        var info = NativeFlite.NewStreamingInfo();
        info->MinBufferSize = FliteStream.ChunkSamples;
        info->Callback = FliteStream.Callback;
        info->UserData = GCHandle.ToIntPtr(self);
        FliteFeatures.SetStreaming(features, info);

        FliteNoise.Restart();
        var before = stream.Received;
        if (NativeFlite.Synthesize(utterance, (CstVoice*)voice.Address, library.Synthesize) == 0) utterance.Forget();
        if (stream.Stopped || stream.Received > before) return null;
        stream.End();
        return Failed();
    }

    private static SpeechError Invalid(string message) => new(SpeechStage.Prepare, SpeechErrorCode.InvalidSetting, message);

    private static SpeechError Failed() => new(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "flite made no sound of the text.");
}
