using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>Listens with pocketsphinx.</summary>
internal sealed unsafe class SphinxTranscriber : ITranscriber
{
    private readonly SphinxLibrary library;
    private readonly DecoderHandle decoder;
    private readonly float[] mean;
    private SphinxUtterance? current;

    public SphinxTranscriber(SphinxLibrary library, SphinxOptions? options = null)
    {
        this.library = library;
        decoder = library.CreateDecoder(options ?? new SphinxOptions());
        var feature = NativePocketsphinx.Feature(decoder);
        mean = new float[Math.Clamp(feature->CepstrumSize, 0, 64)];
        fixed (float* values = mean) NativeSphinxbase.GetMean(feature->MeanNormalisation, values);
    }

    public TranscriberDescription Model => library.Description;

    /// <inheritdoc/>
    /// <remarks>Settings that the model cannot follow come back as the error of the result.</remarks>
    public IUtterance Begin(TranscriptionSettings settings)
    {
        ObjectDisposedException.ThrowIf(decoder.IsClosed, this);
        if (current is { IsDisposed: false }) throw new InvalidOperationException("The utterance before is not disposed.");
        if (Check(settings) is { } refused) return new RefusedUtterance(refused);
        Forget();
        return current = new SphinxUtterance(decoder);
    }

    public void Dispose()
    {
        current?.Dispose();
        decoder.Dispose();
    }

    /// <summary>The decoder learns the loudness and colour of a voice while it listens; the next caller starts without it, and gets the same text every time.</summary>
    private void Forget()
    {
        _ = NativePocketsphinx.StartStream(decoder);
        fixed (float* values = mean) NativeSphinxbase.SetMean(NativePocketsphinx.Feature(decoder)->MeanNormalisation, values);
    }

    private SpeechError? Check(TranscriptionSettings settings)
    {
        if (settings.Translate) return Invalid($"'{Model.Id}' does not translate; take a model that does.");
        return settings.Language is null || settings.Language.Split('-', '_')[0].Equals("en", StringComparison.OrdinalIgnoreCase)
            ? null
            : Invalid($"The language is '{settings.Language}'; '{Model.Id}' hears English (en).");
    }

    private static SpeechError Invalid(string message) => new(SpeechStage.Prepare, SpeechErrorCode.InvalidSetting, message);
}
