using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using PolarGrid.Engine.Sherpa.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>Collects the samples of one stretch of speech; these recognisers hear it as a whole.</summary>
internal sealed class SherpaUtterance(SherpaTranscriber transcriber, TranscriptionSettings settings) : IUtterance
{
    // Shorter ones are filled up with silence: with fewer frames than its first layers need, a model's failure would end the process.
    private const int FewestSamples = RecognizerConfigBuilder.SampleRate / 2;

    private float[] heard = [];
    private int count;
    private SpeechError? error = transcriber.Check(settings);
    private bool disposed;
    private bool finished;

    private int MostSamples => (int)(transcriber.Model.MaxUtteranceSeconds * RecognizerConfigBuilder.SampleRate);

    public void Accept(ReadOnlySpan<float> samples)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (error is not null) return;
        if (samples.ContainsAnyExceptFinite())
        {
            error = SherpaTranscriber.Refuse("The audio has samples that are no numbers; they must be finite.");
        }
        else if (count + samples.Length > MostSamples)
        {
            error = SherpaTranscriber.Refuse(string.Create(
                CultureInfo.InvariantCulture, $"'{transcriber.Model.Id}' hears at most {transcriber.Model.MaxUtteranceSeconds} seconds at once; cut the audio."));
        }
        else
        {
            MakeRoom(count + samples.Length);
            samples.CopyTo(heard.AsSpan(count));
            count += samples.Length;
        }
    }

    public string Partial() => Recognise().Text;

    public TranscribedPiece Finish()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (finished) throw new InvalidOperationException("The utterance was finished before.");
        finished = true;
        return Recognise();
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        if (heard.Length > 0) ArrayPool<float>.Shared.Return(heard);
        heard = [];
        transcriber.End();
    }

    private void MakeRoom(int needed)
    {
        if (needed <= heard.Length) return;
        var larger = ArrayPool<float>.Shared.Rent(Math.Max(needed, Math.Min(2 * heard.Length, MostSamples)));
        heard.AsSpan(0, count).CopyTo(larger);
        if (heard.Length > 0) ArrayPool<float>.Shared.Return(heard);
        heard = larger;
    }

    private unsafe TranscribedPiece Recognise()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (error is not null) return TranscribedPiece.Failed(error);
        if (count == 0) return new TranscribedPiece { Text = "" };
        var seconds = (double)count / RecognizerConfigBuilder.SampleRate;
        transcriber.Configure(settings);
        using var stream = NativeRecognizer.CreateStream(transcriber.Handle);
        if (stream.IsInvalid) return Failed();
        var samples = heard.AsSpan(0, count);
        if (samples.Length < FewestSamples)
        {
            Span<float> filled = new float[FewestSamples];
            samples.CopyTo(filled);
            samples = filled;
        }

        fixed (float* first = samples) NativeRecognizer.Accept(stream, RecognizerConfigBuilder.SampleRate, first, samples.Length);
        NativeRecognizer.Decode(transcriber.Handle, stream);
        using var result = NativeRecognizer.GetResult(stream);
        return result.IsInvalid ? Failed() : Read(result.Result, seconds);
    }

    private unsafe TranscribedPiece Read(RecognizerResult* result, double seconds)
    {
        // A number that does not fit the arrays cannot come from the library as it is; nothing is read then.
        var count = result->TokenArray is null ? 0 : Math.Clamp(result->Count, 0, 1_000_000);
        var tokens = new byte[count][];
        for (var i = 0; i < count; i++) tokens[i] = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(result->TokenArray[i]).ToArray();
        var language = Text(result->Language).Trim('<', '|', '>');
        return new TranscribedPiece
        {
            Text = Text(result->Text).Trim(),
            Words = result->Timestamps is null ? [] : WordBuilder.Build(
                tokens, new ReadOnlySpan<float>(result->Timestamps, count),
                result->Durations is null ? [] : new ReadOnlySpan<float>(result->Durations, count), transcriber.Facts.TokenSeconds, seconds),
            Language = language.Length is 2 or 3 ? language : settings.Language,
            AverageLogProbability = result->LogProbabilities is null || count == 0
                ? null
                : Mean(new ReadOnlySpan<float>(result->LogProbabilities, count)),
        };
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private static unsafe string Text(byte* text) =>
        text is null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private TranscribedPiece Failed() => TranscribedPiece.Failed(new(
        SpeechStage.Compute, SpeechErrorCode.EngineFailed, $"The recogniser '{transcriber.Model.Id}' failed."));
}
