using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using PolarGrid.Audio.Encoders;

namespace PolarGrid.Audio.Ffmpeg;

/// <summary>AAC in ADTS frames, encoded by a child process that takes samples by one pipe and gives bytes by another.</summary>
internal sealed class FfmpegWriter : SampleWriter
{
    private const int ChunkBytes = 16 << 10;

    private readonly FfmpegProcess process;
    private readonly IBufferWriter<byte> output;
    private readonly ConcurrentQueue<byte[]> encoded = new();
    private readonly Thread reader;

    private FfmpegWriter(FfmpegProcess process, IBufferWriter<byte> output)
    {
        this.process = process;
        this.output = output;
        reader = new Thread(ReadEncoded) { IsBackground = true, Name = "ffmpeg output" };
        reader.Start();
    }

    public static AudioResult<SampleWriter> Create(int rate, IBufferWriter<byte> output, FfmpegTool? ffmpeg)
    {
        if (ffmpeg is null) return new(FfmpegTool.Missing("aac"));
        var process = FfmpegProcess.Start(ffmpeg, Arguments(rate));
        return process is null ? new(Failed("cannot be started")) : new(new FfmpegWriter(process, output));
    }

    public override AudioError? Write(ReadOnlySpan<float> samples)
    {
        try
        {
            process.Input.Write(MemoryMarshal.AsBytes(samples));
        }
        catch (IOException)
        {
            return Failed("stopped while it encoded");
        }

        PassOn();
        return null;
    }

    public override AudioError? Finish()
    {
        try
        {
            process.Input.Close();
        }
        catch (IOException)
        {
            return Failed("stopped while it encoded");
        }

        reader.Join();
        PassOn();
        return process.WaitForExit() == 0 ? null : Failed("reported a failure");
    }

    public override void Dispose()
    {
        process.Kill();
        reader.Join();
        process.Dispose();
    }

    private static string[] Arguments(int rate)
    {
        var hertz = rate.ToString(System.Globalization.CultureInfo.InvariantCulture);
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
            for (int read; (read = process.Output.Read(buffer)) > 0;) encoded.Enqueue(buffer[..read]);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The process was ended.
        }
    }

    private static AudioError Failed(string what) => new(AudioErrorCode.Failed, $"Audio cannot be written as aac: ffmpeg {what}.");
}
