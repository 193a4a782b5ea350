using System.Runtime.InteropServices;
using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>
/// One stretch of speech while the decoder hears it. The first seconds from where speech begins are held back until
/// <see cref="CepstralMean"/> has learned from them; all else is decoded as it comes.
/// </summary>
internal sealed unsafe class SphinxUtterance : IUtterance
{
    private const int ChunkSamples = SphinxLibrary.SampleRate / 10;
    private const long MostSamples = (long)(SphinxLibrary.MaxUtteranceSeconds * SphinxLibrary.SampleRate);

    // 2.5 seconds of speech were enough, and 0.3 before it belong to its first word.
    private const int LeadSamples = SphinxLibrary.SampleRate * 3 / 10;
    private const int LearnSamples = LeadSamples + (SphinxLibrary.SampleRate * 5 / 2);

    // A listener who asks sooner gets a guess each time that so much more is there.
    private const int GuessSamples = SphinxLibrary.SampleRate;

    private readonly DecoderHandle decoder;
    private readonly CepstralMean mean;
    private readonly SpeechOnset onset = new();
    private readonly short[] held = new short[LearnSamples + ChunkSamples];
    private readonly short[] chunk = new short[ChunkSamples];
    private int heldCount;
    private bool learned;
    private string guess = "";
    private int guessedCount;
    private long decoded;
    private long dropped;
    private long heard;
    private bool failed;
    private bool listening;

    public SphinxUtterance(DecoderHandle decoder, CepstralMean mean)
    {
        this.decoder = decoder;
        this.mean = mean;
        mean.Reset();
        listening = NativePocketsphinx.StartStream(decoder) >= 0 && NativePocketsphinx.StartUtterance(decoder) >= 0;
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
            Take(chunk.AsSpan(0, count));
            samples = samples[count..];
        }
    }

    /// <inheritdoc/>
    /// <remarks>A second of speech is there before the first word. What is asked for in the first seconds is decoded twice.</remarks>
    public string Partial()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (failed || !onset.HasBegun) return "";
        if (learned) return Heard();
        if (heldCount - guessedCount >= GuessSamples) Guess();
        return guess;
    }

    public TranscribedPiece Finish()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (!listening && !failed) throw new InvalidOperationException("The utterance is finished already.");
        if (!failed && onset.HasBegun && !learned) Learn();
        if (!failed) Decode(heldCount);
        var ended = End();
        if (failed || !ended)
        {
            return TranscribedPiece.Failed(new(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "pocketsphinx failed on these samples."));
        }

        return heard == 0 ? new TranscribedPiece { Text = "", Language = "en" } : HeardWords.Read(decoder, dropped / (double)SphinxLibrary.SampleRate, heard / (double)SphinxLibrary.SampleRate);
    }

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        End();
    }

    private void Take(ReadOnlySpan<short> samples)
    {
        samples.CopyTo(held.AsSpan(heldCount));
        heldCount += samples.Length;
        if (!learned)
        {
            if (!onset.HasBegun)
            {
                onset.Take(samples);
                if (!onset.HasBegun) Decode(Math.Max(0, heldCount - LeadSamples));
                return;
            }

            if (heldCount < LearnSamples) return;
            Learn();
        }

        Decode(heldCount);
    }

    /// <summary>
    /// Decodes what is held with what can be learned from it so far, and starts anew: the mean is better when all is there, so the result does
    /// not rest on the guess.
    /// </summary>
    private void Guess()
    {
        guessedCount = heldCount;
        Restart();
        mean.Learn(held.AsSpan(0, heldCount));
        Process(heldCount);
        if (!failed) guess = Heard();
        Restart();
    }

    /// <summary>What was decoded so far was quiet, or will be decoded again.</summary>
    private void Restart()
    {
        dropped += decoded;
        decoded = 0;
        failed |= !End() || NativePocketsphinx.StartStream(decoder) < 0 || NativePocketsphinx.StartUtterance(decoder) < 0;
        listening = !failed;
    }

    private string Heard() => HeardWords.Join(Marshal.PtrToStringUTF8((nint)NativePocketsphinx.Hypothesis(decoder, null)));

    private void Learn()
    {
        mean.Learn(held.AsSpan(0, heldCount));
        learned = true;
    }

    /// <summary>Gives the oldest of the held samples to the decoder and lets them go.</summary>
    private void Decode(int count)
    {
        Process(count);
        decoded += count;
        held.AsSpan(count, heldCount - count).CopyTo(held);
        heldCount -= count;
    }

    private void Process(int count)
    {
        for (var at = 0; at < count && !failed; at += ChunkSamples)
        {
            fixed (short* data = &held[at])
            {
                failed = NativePocketsphinx.Process(decoder, data, (nuint)Math.Min(ChunkSamples, count - at), noSearch: 0, fullUtterance: 0) < 0;
            }
        }
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
