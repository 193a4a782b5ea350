using System.Globalization;
using PolarGrid.Audio.Decoders;

namespace PolarGrid.Audio.Ffmpeg;

/// <summary>
/// mp4, webm and aac by a child process. The bytes go into a private temporary file, since an mp4 may have its index at the end; the
/// child may open nothing but files, sees only a name of ours, tries one demuxer and a few audio decoders, and is ended with the caller.
/// </summary>
internal static class FfmpegReader
{
    private const int CopyBytes = 64 << 10;

    public static AudioError? Read(
        AudioBytes bytes, SniffedAudio sniffed, AudioLimits limits, FfmpegTool? ffmpeg, SampleMixer mixer, CancellationToken cancellationToken)
    {
        if (ffmpeg is null) return FfmpegTool.Missing(AudioContainers.Name(sniffed.Container));

        var path = Path.Combine(Path.GetTempPath(), $"polargrid-{Path.GetRandomFileName()}");
        try
        {
            Save(bytes, sniffed.Offset, path, cancellationToken);
            return Run(path, sniffed.Container, limits, ffmpeg, mixer, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static AudioError? Run(
        string path, AudioContainer container, AudioLimits limits, FfmpegTool ffmpeg, SampleMixer mixer, CancellationToken cancellationToken)
    {
        using var process = FfmpegProcess.Start(ffmpeg, Arguments(path, container, limits));
        if (process is null) return new(AudioErrorCode.Failed, "ffmpeg cannot be started.");
        using var timeUp = new CancellationTokenSource(ffmpeg.TimeLimit, ffmpeg.Time);
        using var onTime = timeUp.Token.Register(process.Kill);
        using var onLeaving = cancellationToken.Register(process.Kill);

        var error = PcmStream.Read(process.Output, mixer, cancellationToken);
        if (error is not null) process.Kill();
        var status = process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (timeUp.IsCancellationRequested)
        {
            return new(
                AudioErrorCode.TimedOut,
                FormattableString.Invariant($"Decoding the {AudioContainers.Name(container)} file took longer than {ffmpeg.TimeLimit.TotalSeconds:0.#} seconds."));
        }

        if (error is not null) return error;
        return status == 0
            ? null
            : new(AudioErrorCode.Damaged, $"The {AudioContainers.Name(container)} file cannot be read: ffmpeg finds no audio in it that can be decoded.");
    }

    private static string[] Arguments(string path, AudioContainer container, AudioLimits limits)
    {
        var (demuxer, decoders) = container switch
        {
            AudioContainer.Mp4 => ("mov", "aac,alac,mp3,mp3float,ac3,eac3,opus,libopus,flac,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_f32le,amrnb,amrwb"),
            AudioContainer.WebM => ("matroska", "opus,libopus,vorbis,libvorbis,aac,mp3,mp3float,flac,ac3,eac3,pcm_s16le,pcm_s24le,pcm_f32le"),
            AudioContainer.Aac => ("aac", "aac"),
            _ => throw new ArgumentOutOfRangeException(nameof(container), container, null),
        };
        var seconds = (limits.MaxSeconds + 1).ToString("0.###", CultureInfo.InvariantCulture);
        return
        [
            "-protocol_whitelist", "file", "-codec_whitelist", decoders, "-max_alloc", "134217728", "-threads", "1", "-vn", "-sn", "-dn",
            "-f", demuxer, "-i", $"file:{path}",
            "-map", "0:a:0", "-t", seconds, "-map_metadata", "-1", "-map_chapters", "-1", "-bitexact", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1",
        ];
    }

    private static void Save(AudioBytes bytes, long offset, string path, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        var buffer = new byte[CopyBytes];
        for (int read; (read = bytes.ReadAt(offset, buffer)) > 0; offset += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Write(buffer.AsSpan(0, read));
        }
    }
}
