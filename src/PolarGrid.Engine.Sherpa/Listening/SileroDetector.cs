using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>
/// Silero's voice activity detector: one answer for each 32 ms. Speech begins with the second frame in a row that the model is sure of, and
/// ends with the second that it doubts; longer pauses and shorter words are for the caller to join or drop.
/// </summary>
public sealed class SileroDetector : IVoiceActivityDetector
{
    private const int Rate = 16_000;
    private const int Frame = 512;

    /// <summary>Silero's own default.</summary>
    public const float UsualThreshold = 0.5f;

    // What the library accepts: it compares the 32-bit number with 0.01.
    private const float LeastThreshold = 0.011f;
    private const float MostThreshold = 0.99f;

    // The library wants something above 0; less than a frame leaves the decision to the model.
    private const float Shortest = 0.001f;

    // What it hears is kept until the end of a stretch and copied with every frame; a stretch is closed before that costs anything.
    private const int FramesBetweenCuts = 32;

    private readonly VadHandle handle;
    private readonly int context;
    private readonly bool? always;
    private int openFrames;
    private bool disposed;

    /// <param name="model">Of kind <see cref="SherpaKind.Vad"/>.</param>
    /// <param name="threshold">How sure the model must be of speech, 0 to 1; 0.15 less is enough for speech to go on. At 0 all is speech, at 1
    /// nothing.</param>
    /// <exception cref="SherpaLoadException">The library refused the model.</exception>
    /// <exception cref="InvalidOperationException">The libraries are not there.</exception>
    public unsafe SileroDetector(SherpaModel model, float threshold = UsualThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        if (model.Facts is not DetectorFacts facts) throw new ArgumentException($"'{model.Name}' is no voice activity detector.", nameof(model));
        SherpaLibrary.Require();
        context = facts.ContextSamples;
        always = threshold switch { 0 => true, 1 => false, _ => null };
        using var text = new NativeText();
        var config = Config(model, Math.Clamp(threshold, LeastThreshold, MostThreshold), text);
        handle = NativeVad.Create(&config, bufferSeconds: 10);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            throw new SherpaLoadException($"The library refused the voice activity detector '{model.Name}' in {model.Folder}.");
        }

        Prime();
    }

    public int SampleRate => Rate;

    public int FrameSamples => Frame;

    public unsafe bool HearsSpeech(ReadOnlySpan<float> frame)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (frame.Length != Frame) throw new ArgumentException($"A frame has {Frame} samples, not {frame.Length}.", nameof(frame));
        if (frame.ContainsAnyExceptFinite()) throw new ArgumentException("The frame has samples that are no numbers; they must be finite.", nameof(frame));
        if (always is { } answer) return answer;
        fixed (float* first = frame) NativeVad.Accept(handle, first, Frame);
        var speech = NativeVad.Detected(handle) == 1;
        openFrames = speech ? openFrames + 1 : 0;
        if (openFrames == FramesBetweenCuts)
        {
            NativeVad.Flush(handle);
            openFrames = 0;
        }

        NativeVad.Clear(handle);
        return speech;
    }

    public void Reset()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        NativeVad.Reset(handle);
        NativeVad.Clear(handle);
        openFrames = 0;
        Prime();
    }

    public void Dispose()
    {
        disposed = true;
        handle.Dispose();
    }

    internal static VadConfig Config(SherpaModel model, float threshold, NativeText text) => new()
    {
        Silero = new VadModelConfig
        {
            Model = text.Add(model.Files["model"][0]),
            Threshold = threshold,
            MinSilence = Shortest,
            MinSpeech = Shortest,
            Window = Frame,
            // In samples it must fit 32 bits.
            MaxSpeech = 100_000,
        },
        SampleRate = Rate,
        Threads = 1,
        Provider = text.Add("cpu"),
    };

    /// <summary>Silence in front of the first frame, which a model that hears a little of the frame before needs at once.</summary>
    private unsafe void Prime()
    {
        if (context == 0) return;
        var silence = stackalloc float[context];
        new Span<float>(silence, context).Clear();
        NativeVad.Accept(handle, silence, context);
    }
}
