using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>Listens with pocketsphinx.</summary>
internal sealed class SphinxTranscriber : ITranscriber
{
    private readonly SphinxLibrary library;
    private readonly DecoderHandle decoder;
    private readonly CepstralMean mean;
    private SphinxUtterance? current;

    public SphinxTranscriber(SphinxLibrary library, SphinxOptions? options = null)
    {
        this.library = library;
        decoder = library.CreateDecoder(options ?? new SphinxOptions());
        try
        {
            mean = new CepstralMean(decoder);
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    public TranscriberDescription Model => library.Description;

    /// <inheritdoc/>
    /// <remarks>Settings that the model cannot follow come back as the error of the result.</remarks>
    public IUtterance Begin(TranscriptionSettings settings)
    {
        ObjectDisposedException.ThrowIf(decoder.IsClosed, this);
        if (current is { IsDisposed: false }) throw new InvalidOperationException("The utterance before is not disposed.");
        if (Check(settings) is { } refused) return new RefusedUtterance(refused);
        return current = new SphinxUtterance(decoder, mean);
    }

    public void Dispose()
    {
        current?.Dispose();
        mean.Dispose();
        decoder.Dispose();
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
