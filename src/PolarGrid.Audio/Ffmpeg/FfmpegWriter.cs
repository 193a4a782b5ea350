using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using PolarGrid.Audio.Encoders;

namespace PolarGrid.Audio.Ffmpeg;

/// <summary>
/// AAC in ADTS frames, encoded by a child process that takes samples by one pipe and gives bytes by another. It starts with the first
/// samples: who waits for a voice holds no process.
/// </summary>
internal sealed class FfmpegWriter : SampleWriter
{
    private const int ChunkBytes = 16 << 10;

    private readonly FfmpegTool tool;
    private readonly int rate;
    private readonly IBufferWriter<byte> output;
    private readonly CancellationToken cancellationToken;
    private readonly ConcurrentQueue<byte[]> encoded = new();
    private FfmpegProcess? process;
    private Thread? reader;
    private CancellationTokenRegistration onLeaving;
    private bool disposed;

    private FfmpegWriter(FfmpegTool tool, int rate, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        this.tool = tool;
        this.rate = rate;
        this.output = output;
        this.cancellationToken = cancellationToken;
    }

    public static AudioResult<SampleWriter> Create(int rate, IBufferWriter<byte> output, FfmpegTool? ffmpeg, CancellationToken cancellationToken) =>
        ffmpeg is null ? new(FfmpegTool.Missing("aac")) : new(new FfmpegWriter(ffmpeg, rate, output, cancellationToken));

    public override AudioError? Write(ReadOnlySpan<float> samples)
    {
        if (Start() is { } error) return error;
        using var timeUp = new CancellationTokenSource(tool.TimeLimit, tool.Time);
        using var onTime = timeUp.Token.Register(process!.Kill);
        try
        {
            process.Input.Write(MemoryMarshal.AsBytes(samples));
        }
        catch (IOException)
        {
            return Ended(timeUp.IsCancellationRequested, "stopped while it encoded");
        }

        PassOn();
        return timeUp.IsCancellationRequested ? TimedOut() : null;
    }

    public override AudioError? Finish()
    {
        if (Start() is { } error) return error;
        using var timeUp = new CancellationTokenSource(tool.TimeLimit, tool.Time);
        using var onTime = timeUp.Token.Register(process!.Kill);
        try
        {
            process.Input.Close();
        }
        catch (IOException)
        {
            return Ended(timeUp.IsCancellationRequested, "stopped while it encoded");
        }

        reader!.Join();
        PassOn();
        return process.WaitForExit() == 0 ? null : Ended(timeUp.IsCancellationRequested, "reported a failure");
    }

    public override void Dispose()
    {
        if (disposed) return;
        disposed = true;
        if (process is null) return;
        onLeaving.Dispose();
        process.Kill();
        reader!.Join();
        process.Dispose();
        tool.Encoders.Release();
    }

    /// <summary>Takes a place and starts the child, once.</summary>
    private AudioError? Start()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (process is not null) return null;
        if (!tool.Encoders.Wait(0))
        {
            return new(AudioErrorCode.Busy, "As many answers are being written as aac as this server writes at once. Try again later, or take mp3, opus, flac or wav.");
        }

        process = FfmpegProcess.Start(tool, Arguments(rate));
        if (process is null)
        {
            tool.Encoders.Release();
            return Failed("cannot be started");
        }

        reader = new Thread(ReadEncoded) { IsBackground = true, Name = "ffmpeg output" };
        reader.Start();
        onLeaving = cancellationToken.Register(process.Kill);
        return null;
    }

    private static string[] Arguments(int rate)
    {
        var hertz = rate.ToString(CultureInfo.InvariantCulture);
        return
        [
            "-protocol_whitelist", "pipe", "-probesize", "32", "-f", "f32le", "-ar", hertz, "-ac", "1", "-i", "pipe:0",
            "-c:a", "aac", "-b:a", rate < 32_000 ? "64k" : "96k", "-map_metadata", "-1", "-threads", "1", "-flush_packets", "1", "-f", "adts", "pipe:1",
        ];
    }

    private void PassOn()
    {
        while (encoded.TryDequeue(out var bytes)) output.Write(bytes);
    }

    /// <summary>Takes bytes as they come: without it the child would wait for room in its output while we wait for room in its input.</summary>
    private void ReadEncoded()
    {
        var buffer = new byte[ChunkBytes];
        try
        {
            for (int read; (read = process!.Output.Read(buffer)) > 0;) encoded.Enqueue(buffer[..read]);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The process was ended.
        }
    }

    /// <summary>Why the child is gone.</summary>
    private AudioError Ended(bool isTimeUp, string what)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return isTimeUp ? TimedOut() : Failed(what);
    }

    private AudioError TimedOut() => new(
        AudioErrorCode.TimedOut, FormattableString.Invariant($"ffmpeg took no samples for {tool.TimeLimit.TotalSeconds:0.#} seconds while it wrote aac."));

    private static AudioError Failed(string what) => new(AudioErrorCode.Failed, $"Audio cannot be written as aac: ffmpeg {what}.");
}
