using System.Runtime.InteropServices;
using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>One stretch of speech while the decoder hears it.</summary>
internal sealed unsafe class SphinxUtterance : IUtterance
{
    private const int ChunkSamples = SphinxLibrary.SampleRate / 10;
    private const long MostSamples = (long)(SphinxLibrary.MaxUtteranceSeconds * SphinxLibrary.SampleRate);

    private readonly DecoderHandle decoder;
    private readonly short[] chunk = new short[ChunkSamples];
    private long heard;
    private bool failed;
    private bool listening;

    public SphinxUtterance(DecoderHandle decoder)
    {
        this.decoder = decoder;
        listening = NativePocketsphinx.StartUtterance(decoder) >= 0;
        failed = !listening;
    }

    public bool IsDisposed { get; private set; }

    public void Accept(ReadOnlySpan<float> samples)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        heard += samples.Length;
        if (heard > MostSamples)
        {
            throw new ArgumentException($"An utterance has at most {SphinxLibrary.MaxUtteranceSeconds} seconds, and this one has {heard} samples.", nameof(samples));
        }

        while (samples.Length > 0 && !failed)
        {
            var count = Math.Min(samples.Length, ChunkSamples);
            for (var i = 0; i < count; i++) chunk[i] = ToInt16(samples[i]);
            fixed (short* data = chunk) failed = NativePocketsphinx.Process(decoder, data, (nuint)count, noSearch: 0, fullUtterance: 0) < 0;
            samples = samples[count..];
        }
    }

    public string Partial()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return failed || heard == 0 ? "" : HeardWords.Join(Marshal.PtrToStringUTF8((nint)NativePocketsphinx.Hypothesis(decoder, null)));
    }

    public TranscribedPiece Finish()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (!listening && !failed) throw new InvalidOperationException("The utterance is finished already.");
        var ended = End();
        if (failed || !ended)
        {
            return TranscribedPiece.Failed(new(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "pocketsphinx failed on these samples."));
        }

        return heard == 0 ? new TranscribedPiece { Text = "", Language = "en" } : HeardWords.Read(decoder, heard / (double)SphinxLibrary.SampleRate);
    }

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        End();
    }

    private bool End()
    {
        if (!listening) return true;
        listening = false;
        return NativePocketsphinx.EndUtterance(decoder) >= 0;
    }

    private static short ToInt16(float sample) =>
        float.IsNaN(sample) ? (short)0 : (short)Math.Clamp(MathF.Round(sample * 32767f), short.MinValue, short.MaxValue);
}
