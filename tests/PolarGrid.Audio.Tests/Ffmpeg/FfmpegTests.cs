using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using PolarGrid.Audio.Decoders;
using PolarGrid.Audio.Encoders;
using PolarGrid.Audio.Ffmpeg;
using PolarGrid.Audio.Tests.Decoders;
using Shouldly;

namespace PolarGrid.Audio.Tests.Ffmpeg;

public sealed class FfmpegTests : IDisposable
{
    private const int Rate = 16_000;
    private static readonly float[] Tones = Signals.Tones(44_100, 2);
    private readonly SemaphoreSlim places = new(1);
    private readonly string folder = Directory.CreateTempSubdirectory("polargrid-test-").FullName;

    public void Dispose()
    {
        places.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [FfmpegTheory]
    [InlineData("sound.m4a", AudioContainer.Mp4, "-c:a aac -b:a 128k")]
    [InlineData("fast.mp4", AudioContainer.Mp4, "-c:a aac -b:a 128k -movflags +faststart")]
    [InlineData("pieces.mp4", AudioContainer.Mp4, "-c:a aac -b:a 128k -movflags frag_keyframe+empty_moov")]
    [InlineData("lossless.m4a", AudioContainer.Mp4, "-c:a alac")]
    [InlineData("sound.webm", AudioContainer.WebM, "-c:a libopus")]
    [InlineData("sound.mka", AudioContainer.WebM, "-c:a libvorbis")]
    [InlineData("sound.aac", AudioContainer.Aac, "-c:a aac -b:a 128k")]
    public void Containers_of_ffmpeg_are_read(string name, AudioContainer container, string options)
    {
        var decoded = Decode(Make(name, options));
        decoded.Error.ShouldBeNull();
        decoded.Value!.Container.ShouldBe(container);
        decoded.Value.SourceChannels.ShouldBe(1);
        decoded.Value.SourceRate.ShouldBeOneOf(44_100, 48_000);
        decoded.Value.Seconds.ShouldBe(2, 0.1);
        Signals.Snr(Signals.Tones(Rate, 2), decoded.Value.Samples.Span, 1200).ShouldBeGreaterThan(15);
    }

    [FfmpegFact]
    public void Channels_are_mixed_down_here_too()
    {
        var decoded = Decode(Make("stereo.m4a", "-af pan=stereo|c0=c0|c1=0*c0 -c:a alac"));
        decoded.Value.ShouldNotBeNull().SourceChannels.ShouldBe(2);
        var half = decoded.Value.Samples.ToArray().Max(Math.Abs);
        half.ShouldBeInRange(0.3f, 0.45f);
    }

    [FfmpegFact]
    public void Limits_hold_here_too()
    {
        var file = Make("sound.m4a", "-c:a aac");
        Decode(file, new() { MaxSeconds = 1 }).Error!.Code.ShouldBe(AudioErrorCode.TooLong);
        Decode(file, new() { MaxSampleRate = 44_000 }).Error!.Code.ShouldBe(AudioErrorCode.SampleRate);
        Decode(Make("six.m4a", "-ac 6 -c:a aac"), new() { MaxChannels = 2 }).Error!.Code.ShouldBe(AudioErrorCode.TooManyChannels);
    }

    [FfmpegFact]
    public void Broken_files_are_refused()
    {
        var m4a = Make("sound.m4a", "-c:a aac");
        Decode(m4a[..(m4a.Length / 2)]).Error!.Code.ShouldBe(AudioErrorCode.Damaged);
        Decode(m4a[..16]).Error!.Code.ShouldBe(AudioErrorCode.Damaged);
        Decode([0x1A, 0x45, 0xDF, 0xA3, 1, 2, 3]).Error!.Code.ShouldBe(AudioErrorCode.Damaged);
        Decode([0, 0, 0, 16, .. "ftypM4A "u8, .. new byte[100_000]]).Error!.Code.ShouldBe(AudioErrorCode.Damaged);
    }

    [FfmpegFact]
    public void Mutants_are_decoded_or_refused()
    {
        byte[][] files = [Make("sound.m4a", "-t 0.3 -c:a aac"), Make("sound.webm", "-t 0.3 -c:a libopus"), Make("sound.aac", "-t 0.3 -c:a aac")];
        var asked = Environment.GetEnvironmentVariable("POLARGRID_AUDIO_MUTATIONS");
        var count = int.TryParse(asked, CultureInfo.InvariantCulture, out var many) ? many / 50 : 12;
        for (var seed = 0; seed < count; seed++)
        {
            var result = Decode(Mutator.Mutate(files, seed), new() { MaxSeconds = 20 });
            if (!result.Succeeded) result.Error.IsOurs.ShouldBeFalse($"mutant {seed}: {result.Error}");
            else result.Value.Samples.ToArray().ShouldAllBe(sample => sample >= -1 && sample <= 1, $"mutant {seed}");
        }
    }

    [FfmpegFact]
    public void A_film_without_sound_holds_no_audio()
    {
        var path = Path.Combine(folder, "silent.mp4");
        Run("-f", "lavfi", "-i", "color=size=64x64:duration=1", "-c:v", "mpeg4", path);
        Decode(File.ReadAllBytes(path)).Error!.Code.ShouldBe(AudioErrorCode.Damaged);
    }

    [FfmpegFact]
    public void Of_a_film_the_sound_is_read()
    {
        var wav = Path.Combine(folder, "in.wav");
        File.WriteAllBytes(wav, TestFiles.Encode(AudioFormat.Wav, 44_100, Tones));
        var path = Path.Combine(folder, "film.mp4");
        Run("-f", "lavfi", "-i", "color=size=64x64:duration=2", "-i", wav, "-c:v", "mpeg4", "-c:a", "aac", path);
        Decode(File.ReadAllBytes(path)).Value!.Seconds.ShouldBe(2, 0.1);
    }

    [FfmpegTheory]
    [InlineData(AudioDelivery.Whole)]
    [InlineData(AudioDelivery.Streamed)]
    public void Aac_is_written(AudioDelivery delivery)
    {
        foreach (var rate in (int[])[8_000, 16_000, 22_050, 24_000, 48_000, 96_000])
        {
            var bytes = TestFiles.Encode(AudioFormat.Aac, rate, Signals.Tones(rate, 2), delivery);
            var decoded = Decode(bytes);
            decoded.Value.ShouldNotBeNull($"{decoded.Error}").Container.ShouldBe(AudioContainer.Aac);
            Signals.Snr(Signals.Tones(Rate, 2), decoded.Value.Samples.Span, 2500).ShouldBeGreaterThan(15, $"{rate} Hz");
        }
    }

    [FfmpegFact]
    public void An_encoder_that_is_given_up_ends_its_process()
    {
        var output = new ArrayBufferWriter<byte>();
        var encoder = AudioEncoder.Create(AudioFormat.Aac, Rate, AudioDelivery.Streamed, output).Value.ShouldNotBeNull();
        encoder.Write(Tones).ShouldBeNull();
        encoder.Dispose();
        encoder.Dispose();
    }

    [Fact]
    public void Without_ffmpeg_its_formats_are_refused_by_name()
    {
        byte[] m4a = [0, 0, 0, 16, .. "ftypM4A "u8, .. new byte[100]];
        var error = AudioDecoder.Decode(new AudioBytes(m4a), new AudioLimits(), Rate, ffmpeg: null, CancellationToken.None).Error.ShouldNotBeNull();
        error.Code.ShouldBe(AudioErrorCode.FfmpegMissing);
        error.Message.ShouldContain("mp4");
        error.Message.ShouldContain("ffmpeg");

        var written = AudioEncoder.Create(AudioFormat.Aac, Rate, AudioDelivery.Whole, new ArrayBufferWriter<byte>(), ffmpeg: null).Error.ShouldNotBeNull();
        written.Code.ShouldBe(AudioErrorCode.FfmpegMissing);
        written.Message.ShouldContain("aac");
    }

    [Fact]
    public void A_tool_that_cannot_be_started_is_an_error()
    {
        var tool = new FfmpegTool(Path.Combine(folder, "absent"));
        Decode([0, 0, 0, 16, .. "ftypM4A "u8], tool: tool).Error!.Code.ShouldBe(AudioErrorCode.Failed);
        using var encoder = Encoder(tool);
        encoder.Write(Tones).ShouldNotBeNull().Code.ShouldBe(AudioErrorCode.Failed);
    }

    [Fact]
    public void An_encoder_starts_its_process_with_the_first_samples()
    {
        if (OperatingSystem.IsWindows()) return;
        var said = Path.Combine(folder, "started");
        var tool = Script($"touch {said}; exec cat");
        using var encoder = Encoder(tool);
        tool.Encoders.CurrentCount.ShouldBe(1);

        encoder.Write(Tones).ShouldBeNull();
        encoder.Finish().ShouldBeNull();
        File.Exists(said).ShouldBeTrue();
        tool.Encoders.CurrentCount.ShouldBe(0);
        encoder.Dispose();
        encoder.Dispose();
        tool.Encoders.CurrentCount.ShouldBe(1);
    }

    [Fact]
    public void More_encoders_than_there_are_places_are_refused_until_one_ends()
    {
        if (OperatingSystem.IsWindows()) return;
        var tool = Script("exec cat > /dev/null");
        using var first = Encoder(tool);
        first.Write(Tones).ShouldBeNull();
        using (var second = Encoder(tool)) second.Write(Tones).ShouldNotBeNull().Code.ShouldBe(AudioErrorCode.Busy);
        first.Dispose();
        using var third = Encoder(tool);
        third.Write(Tones).ShouldBeNull();
    }

    [Fact]
    public void An_encoder_that_takes_too_long_is_ended()
    {
        if (OperatingSystem.IsWindows()) return;
        using var encoder = Encoder(Script("exec sleep 600") with { TimeLimit = TimeSpan.FromMilliseconds(300) });
        encoder.Write(new float[Rate * 10]).ShouldNotBeNull().Code.ShouldBe(AudioErrorCode.TimedOut);
        encoder.Dispose();
        using var silent = Encoder(Script("exec sleep 600") with { TimeLimit = TimeSpan.FromMilliseconds(300) });
        silent.Finish().ShouldNotBeNull().Code.ShouldBe(AudioErrorCode.TimedOut);
    }

    [Fact]
    public void A_caller_who_leaves_ends_the_encoder()
    {
        if (OperatingSystem.IsWindows()) return;
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var encoder = Encoder(Script("exec sleep 600"), leaving.Token);
        Should.Throw<OperationCanceledException>(() => encoder.Write(new float[Rate * 10]));
    }

    [Fact]
    public void A_decoder_that_takes_too_long_is_ended()
    {
        if (OperatingSystem.IsWindows()) return;
        var tool = Script("exec sleep 600") with { TimeLimit = TimeSpan.Zero };
        Decode([0, 0, 0, 16, .. "ftypM4A "u8], tool: tool).Error!.Code.ShouldBe(AudioErrorCode.TimedOut);
    }

    [Fact]
    public void A_caller_who_leaves_ends_the_decoder()
    {
        if (OperatingSystem.IsWindows()) return;
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Should.Throw<OperationCanceledException>(() => AudioDecoder.Decode(
            new AudioBytes((byte[])[0, 0, 0, 16, .. "ftypM4A "u8]), new AudioLimits(), Rate, Script("exec sleep 600"), leaving.Token));
    }

    [Fact]
    public void What_is_no_sound_ends_the_decoder_that_says_it()
    {
        if (OperatingSystem.IsWindows()) return;
        Decode([0, 0, 0, 16, .. "ftypM4A "u8], tool: Script("exec yes")).Error!.Code.ShouldBe(AudioErrorCode.Damaged);
    }

    [Fact]
    public void The_child_is_told_nothing_of_the_file_and_sees_no_environment()
    {
        if (OperatingSystem.IsWindows()) return;
        var said = Path.Combine(folder, "said");
        Decode([0, 0, 0, 16, .. "ftypM4A "u8, .. "; rm -rf $HOME"u8], tool: Script($"printf '%s\\n' \"$@\" > {said}; env >> {said}; stat -c mode=%a \"$(printf '%s\\n' \"$@\" | grep ^file: | cut -c6-)\" >> {said}"));
        var lines = File.ReadAllLines(said);
        lines.ShouldContain("-nostdin");
        lines.ShouldContain("-protocol_whitelist");
        lines.ShouldContain("mode=600");
        lines.ShouldContain("LC_ALL=C");
        lines.ShouldNotContain(line => line.StartsWith("HOME=", StringComparison.Ordinal) || line.Contains("rm -rf"));
        var input = lines.Single(line => line.StartsWith("file:", StringComparison.Ordinal))["file:".Length..];
        Path.GetFileName(input).ShouldStartWith("polargrid-");
        File.Exists(input).ShouldBeFalse();
    }

    [Fact]
    public void Ffmpeg_is_looked_for_in_absolute_folders_only()
    {
        FfmpegTool.Find(null).ShouldBeNull();
        FfmpegTool.Find($".{Path.PathSeparator}{Path.PathSeparator}bin").ShouldBeNull();
        var tool = Script("exit 0");
        FfmpegTool.Find($"relative{Path.PathSeparator}{folder}").ShouldNotBeNull().Path.ShouldBe(tool.Path);
    }

    private static AudioResult<DecodedAudio> Decode(byte[] file, AudioLimits? limits = null, FfmpegTool? tool = null) =>
        AudioDecoder.Decode(new AudioBytes(file), limits ?? new AudioLimits(), Rate, tool ?? FfmpegTool.Installed, CancellationToken.None);

    private static AudioEncoder Encoder(FfmpegTool tool, CancellationToken cancellationToken = default) =>
        AudioEncoder.Create(AudioFormat.Aac, Rate, AudioDelivery.Streamed, new ArrayBufferWriter<byte>(), tool, cancellationToken).Value.ShouldNotBeNull();

    private byte[] Make(string name, string options)
    {
        var wav = Path.Combine(folder, "in.wav");
        File.WriteAllBytes(wav, TestFiles.Encode(AudioFormat.Wav, 44_100, Tones));
        var path = Path.Combine(folder, name);
        Run(["-i", wav, .. options.Split(' '), path]);
        return File.ReadAllBytes(path);
    }

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(AudioLibraries.FfmpegPath!, ["-nostdin", "-loglevel", "error", "-y", .. arguments])).ShouldNotBeNull();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    /// <summary>A stand-in for ffmpeg.</summary>
    private FfmpegTool Script(string commands)
    {
        var path = Path.Combine(folder, "ffmpeg");
        File.WriteAllText(path, $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new FfmpegTool(path) { Encoders = places };
    }
}
