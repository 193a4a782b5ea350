using System.Buffers;
using PolarGrid.Audio.Native;

namespace PolarGrid.Audio.Resampling;

/// <summary>
/// Changes the sample rate of a mono signal piece by piece, as libsoxr's high quality does (20 bits, linear phase). The output has the
/// input's timing: the filter's delay is taken off, so n samples become n · to / from, rounded, by the end.
/// </summary>
/// <remarks>One caller at a time. With equal rates the samples go through untouched.</remarks>
public sealed unsafe class Resampler : IDisposable
{
    /// <summary>Lowest rate in hertz, of either side.</summary>
    public const int MinRate = 1_000;

    /// <summary>Highest rate in hertz, of either side.</summary>
    public const int MaxRate = 768_000;

    private const int OutputPiece = 4096;

    private readonly ResamplerHandle? handle;
    private bool finished;

    private Resampler(int fromRate, int toRate, ResamplerHandle? handle)
    {
        FromRate = fromRate;
        ToRate = toRate;
        this.handle = handle;
    }

    public int FromRate { get; }

    public int ToRate { get; }

    /// <param name="fromRate">Hertz, 1,000 to 768,000.</param>
    /// <param name="toRate">Hertz, 1,000 to 768,000.</param>
    /// <returns>An error for a rate outside the range or a missing library.</returns>
    public static AudioResult<Resampler> Create(int fromRate, int toRate)
    {
        if (!IsRate(fromRate)) return new(OutOfRange(fromRate));
        if (!IsRate(toRate)) return new(OutOfRange(toRate));
        if (fromRate == toRate) return new(new Resampler(fromRate, toRate, null));
        if (AudioLibraries.Resampler is { } missing) return new(missing);

        var handle = new ResamplerHandle(NativeResampler.Create(fromRate, toRate, 1, null, null, null, null));
        if (!handle.IsInvalid) return new(new Resampler(fromRate, toRate, handle));
        handle.Dispose();
        return new(new AudioError(AudioErrorCode.Failed, $"The resampler cannot be made for {fromRate} Hz to {toRate} Hz."));
    }

    /// <summary>Takes samples and writes those that are ready; how many differs from call to call.</summary>
    public AudioError? Process(ReadOnlySpan<float> samples, IBufferWriter<float> output)
    {
        ObjectDisposedException.ThrowIf(handle is { IsClosed: true }, this);
        if (finished) throw new InvalidOperationException("The resampler has been finished.");
        if (handle is null)
        {
            output.Write(samples);
            return null;
        }

        if (samples.IsEmpty) return null;
        fixed (float* input = samples)
        {
            var done = 0;
            bool full;
            do
            {
                if (Step(input + done, samples.Length - done, output, out var taken, out full) is { } error) return error;
                if (taken == 0 && !full && done < samples.Length) return Stuck();
                done += taken;
            }
            while (full || done < samples.Length);
        }

        return null;
    }

    /// <summary>No samples follow: writes what the filter still holds. Called once.</summary>
    public AudioError? Finish(IBufferWriter<float> output)
    {
        ObjectDisposedException.ThrowIf(handle is { IsClosed: true }, this);
        if (finished) throw new InvalidOperationException("The resampler has been finished.");
        finished = true;
        if (handle is null) return null;
        bool full;
        do
        {
            if (Step(null, 0, output, out _, out full) is { } error) return error;
        }
        while (full);
        return null;
    }

    public void Dispose() => handle?.Dispose();

    internal static bool IsRate(int rate) => rate is >= MinRate and <= MaxRate;

    /// <param name="full">The output had no room left, so more may be ready.</param>
    private AudioError? Step(float* input, int length, IBufferWriter<float> output, out int taken, out bool full)
    {
        var room = output.GetSpan(OutputPiece);
        nuint inputDone = 0, outputDone = 0;
        byte* failure;
        fixed (float* to = room) failure = NativeResampler.Process(handle!, input, (nuint)length, &inputDone, to, (nuint)room.Length, &outputDone);

        taken = (int)inputDone;
        full = (int)outputDone == room.Length;
        if (failure is not null) return new(AudioErrorCode.Failed, $"The resampler failed from {FromRate} Hz to {ToRate} Hz.");
        output.Advance((int)outputDone);
        return null;
    }

    private AudioError Stuck() => new(AudioErrorCode.Failed, $"The resampler takes no more samples from {FromRate} Hz to {ToRate} Hz.");

    private static AudioError OutOfRange(int rate) =>
        new(AudioErrorCode.SampleRate, $"A sample rate of {rate} Hz is outside {MinRate} to {MaxRate} Hz.");
}
