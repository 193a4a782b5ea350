using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using PolarGrid.Engine.Classic.Native;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Flite;

/// <summary>Carries samples from the library's callback to a sink.</summary>
internal sealed unsafe class FliteStream
{
    /// <summary>A tenth of a second.</summary>
    public const int ChunkSamples = FliteLibrary.SampleRate / 10;

    private readonly float[] buffer = new float[ChunkSamples];
    private AudioSink? sink;
    private ExceptionDispatchInfo? fault;

    /// <summary>Samples that came since <see cref="Begin"/>.</summary>
    public long Received { get; private set; }

    /// <summary>Nobody wants more.</summary>
    public bool Stopped { get; private set; }

    public static delegate* unmanaged[Cdecl]<CstWave*, int, int, int, CstAudioStreamingInfo*, int> Callback => &Receive;

    public void Begin(AudioSink target)
    {
        sink = target;
        fault = null;
        Received = 0;
        Stopped = false;
    }

    /// <summary>Forgets the sink; throws what it threw.</summary>
    public void End()
    {
        sink = null;
        fault?.Throw();
    }

    /// <returns>Whether more is wanted.</returns>
    private bool Take(ReadOnlySpan<short> samples)
    {
        Received += samples.Length;
        while (samples.Length > 0 && !Stopped)
        {
            var count = Math.Min(samples.Length, buffer.Length);
            for (var i = 0; i < count; i++) buffer[i] = samples[i] / 32768f;
            Stopped = sink is null || !sink(buffer.AsSpan(0, count));
            samples = samples[count..];
        }

        return !Stopped;
    }

    // An exception must not unwind into native code.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Receive(CstWave* wave, int start, int size, int last, CstAudioStreamingInfo* info)
    {
        if (GCHandle.FromIntPtr(info->UserData).Target is not FliteStream stream) return CstAudioStreamingInfo.Stop;
        try
        {
            if (size <= 0) return stream.Stopped ? CstAudioStreamingInfo.Stop : CstAudioStreamingInfo.Continue;
            if (start < 0 || wave->Samples == null || size > wave->SampleCount - start)
            {
                throw new InvalidOperationException($"flite gave the samples {start} to {start + size} of a wave of {wave->SampleCount}.");
            }

            return stream.Take(new ReadOnlySpan<short>(wave->Samples + start, size)) ? CstAudioStreamingInfo.Continue : CstAudioStreamingInfo.Stop;
        }
        catch (Exception failed)
        {
            stream.fault = ExceptionDispatchInfo.Capture(failed);
            stream.Stopped = true;
            return CstAudioStreamingInfo.Stop;
        }
    }
}
