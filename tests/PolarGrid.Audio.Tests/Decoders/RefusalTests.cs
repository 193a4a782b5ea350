using System.Buffers.Binary;
using System.Text;
using PolarGrid.Audio.Decoders;
using PolarGrid.Audio.Encoders;
using PolarGrid.Audio.Native;
using Shouldly;

namespace PolarGrid.Audio.Tests.Decoders;

public sealed class RefusalTests
{
    private const int Rate = 16_000;
    private static readonly float[] Tones = Signals.Tones(Rate, 1);

    [Fact]
    public void No_bytes_are_no_audio() => Refused([], AudioErrorCode.Empty).ShouldContain("0 bytes");

    [Theory]
    [InlineData("Dear sir, this is a letter and no sound.")]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("ID3")]
    [InlineData("R")]
    [InlineData("RIFF....AVI LIST")]
    [InlineData("OggS")]
    [InlineData("%PDF-1.7")]
    public void Other_files_are_refused_with_the_formats_that_are_accepted(string text) =>
        Refused(Encoding.Latin1.GetBytes(text), AudioErrorCode.UnknownContainer).ShouldContain("wav, flac, ogg (vorbis, opus)");

    [Theory]
    [InlineData(0x020000)] // AIFF
    [InlineData(0x030000)] // AU
    [InlineData(0x050000)] // PAF
    [InlineData(0x060000)] // SVX
    [InlineData(0x070000)] // NIST
    [InlineData(0x080000)] // VOC
    [InlineData(0x0A0000)] // IRCAM
    [InlineData(0x0B0000)] // W64
    [InlineData(0x0C0000)] // MAT4
    [InlineData(0x0D0000)] // MAT5
    [InlineData(0x0E0000)] // PVF
    [InlineData(0x100000)] // HTK
    [InlineData(0x120000)] // AVR
    [InlineData(0x180000)] // CAF
    [InlineData(0x210000)] // MPC2K
    public void Containers_that_the_library_reads_and_we_do_not_list_never_reach_it(int container)
    {
        var file = TestFiles.Write(container | SoundFileFormat.Pcm16, Rate, 1, Tones);
        Refused(file, AudioErrorCode.UnknownContainer);
    }

    [Theory]
    [InlineData("\u007fFLAC")]
    [InlineData("Speex   ")]
    [InlineData("\u0080theora")]
    [InlineData("fishead\0")]
    public void Ogg_with_another_codec_is_refused(string packet)
    {
        byte[] first = [.. Encoding.Latin1.GetBytes(packet), .. new byte[50]];
        byte[] page = [.. "OggS"u8, 0, 2, .. new byte[20], 1, (byte)first.Length, .. first];
        OggChecksum.Repair(page);
        Refused(page, AudioErrorCode.UnknownContainer);
    }

    [Fact]
    public void What_is_wrapped_in_a_wav_reaches_no_other_reader()
    {
        var aiff = TestFiles.Write(0x020000 | SoundFileFormat.Pcm16, Rate, 1, Tones);
        Refused(TestFiles.Riff(("fmt ", [.. TestFiles.Format(0x55, 1, Rate, 0), 0, 0]), ("data", aiff)), AudioErrorCode.Damaged).ShouldContain("mp3 frames");
    }

    [Theory]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.Wav)]
    public void A_file_cut_within_its_sound_is_refused_or_read_that_far(AudioFormat format)
    {
        var file = TestFiles.Encode(format, Rate, Tones);
        var decoded = TestFiles.Decode(file[..(file.Length / 2)]);
        if (format == AudioFormat.Flac) decoded.Error.ShouldNotBeNull().Message.ShouldContain("beyond 0.");
        else decoded.Value.ShouldNotBeNull().Seconds.ShouldBeInRange(0.3, 0.7);
    }

    [Theory]
    [InlineData(0x0022)] // NMS ADPCM 16
    [InlineData(0x0030)] // G721
    public void Rare_encodings_in_wav_are_refused(int encoding)
    {
        var file = TestFiles.Wav(encoding, 8_000, 1, Tones);
        Refused(file, AudioErrorCode.UnsupportedEncoding);
    }

    [Fact]
    public void A_header_without_samples_is_refused()
    {
        Refused(TestFiles.Riff(("fmt ", TestFiles.Format(1, 1, Rate, 16)), ("data", [])), AudioErrorCode.Empty);
        Refused(TestFiles.Wav(SoundFileFormat.Pcm16, Rate, 1, []), AudioErrorCode.Empty);
        Refused(TestFiles.Encode(AudioFormat.Flac, Rate, []), AudioErrorCode.Empty, AudioErrorCode.Damaged);
    }

    [Theory]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.Wav)]
    public void A_file_cut_within_its_header_is_refused(AudioFormat format)
    {
        var file = TestFiles.Encode(format, Rate, Tones);
        for (var length = 1; length < 40; length++) Refused(file[..length]);
    }

    [Fact]
    public void A_wav_without_the_chunks_that_matter_is_refused_with_their_names()
    {
        Refused(TestFiles.Riff(("fmt ", TestFiles.Format(1, 1, Rate, 16))), AudioErrorCode.Damaged).ShouldContain("data chunk");
        Refused(TestFiles.Riff(("data", new byte[1000])), AudioErrorCode.Damaged).ShouldContain("fmt chunk");
        Refused(TestFiles.Riff(("fmt ", new byte[3]), ("data", new byte[1000])), AudioErrorCode.Damaged).ShouldContain("3 bytes");
        Refused(TestFiles.Riff(("fmt ", TestFiles.Format(0x161, 2, Rate, 16)), ("data", new byte[1000])), AudioErrorCode.UnsupportedEncoding).ShouldContain("0x0161");
        Refused(TestFiles.Riff(("fmt ", TestFiles.Format(1, 1, Rate, 48)), ("data", new byte[1000])), AudioErrorCode.Damaged).ShouldContain("48 bits");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Samples_that_are_no_numbers_are_refused(float sample)
    {
        float[] samples = [.. Tones, sample, .. Tones];
        var bytes = new byte[samples.Length * 4];
        Buffer.BlockCopy(samples, 0, bytes, 0, bytes.Length);
        Refused(TestFiles.Riff(("fmt ", TestFiles.Format(3, 1, Rate, 32)), ("data", bytes)), AudioErrorCode.InvalidSamples);
    }

    [Fact]
    public void Too_many_bytes_are_refused_with_both_numbers()
    {
        var file = TestFiles.Wav(SoundFileFormat.Pcm16, Rate, 1, Tones);
        var message = Refused(file, new AudioLimits { MaxBytes = 1000 }, AudioErrorCode.TooManyBytes);
        message.ShouldContain("1000");
        message.ShouldContain($"{file.Length}");
    }

    [Fact]
    public void Too_many_seconds_are_refused_and_the_limit_itself_is_not()
    {
        var file = TestFiles.Wav(SoundFileFormat.Pcm16, Rate, 1, Tones);
        Refused(file, new AudioLimits { MaxSeconds = 0.999 }, AudioErrorCode.TooLong).ShouldContain("0.999");
        TestFiles.Decode(file, Rate, new AudioLimits { MaxSeconds = 1 }).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Too_many_channels_are_refused()
    {
        var file = TestFiles.Write(SoundFileFormat.WavExtensible | SoundFileFormat.Pcm16, Rate, 3, TestFiles.Interleave(Tones, Tones, Tones));
        Refused(file, new AudioLimits { MaxChannels = 2 }, AudioErrorCode.TooManyChannels).ShouldContain("3 channels");
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(400_000)]
    public void A_rate_outside_the_limits_is_refused(int rate) =>
        Refused(TestFiles.Wav(SoundFileFormat.Pcm16, rate, 1, Tones), AudioErrorCode.SampleRate).ShouldContain($"{rate} Hz");

    [Theory]
    [InlineData(0)]
    [InlineData(65_535)]
    public void A_header_with_an_absurd_number_of_channels_is_refused(ushort channels) =>
        Refused(TestFiles.Riff(("fmt ", TestFiles.Format(1, channels, Rate, 16)), ("data", new byte[4000])));

    [Theory]
    [InlineData(0u)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_header_with_an_absurd_rate_is_refused(uint rate) =>
        Refused(TestFiles.Riff(("fmt ", TestFiles.Format(1, 1, rate, 16)), ("data", new byte[4000])));

    [Fact]
    public void Limits_outside_their_own_range_are_a_bug_of_the_caller()
    {
        AudioLimits[] wrong =
        [
            new() { MaxSeconds = 0 }, new() { MaxSeconds = double.NaN }, new() { MaxSeconds = 1e9 }, new() { MaxChannels = 0 }, new() { MaxChannels = 65 },
            new() { MinSampleRate = 0 }, new() { MaxSampleRate = 1_000_000 }, new() { MaxBytes = 0 },
        ];
        foreach (var limits in wrong) Should.Throw<ArgumentOutOfRangeException>(() => TestFiles.Decode([1], Rate, limits));
        Should.Throw<ArgumentOutOfRangeException>(() => TestFiles.Decode([1], 0));
    }

    [Fact]
    public void A_caller_who_left_gets_no_more_work_done()
    {
        var file = TestFiles.Encode(AudioFormat.Flac, Rate, Tones);
        Should.Throw<OperationCanceledException>(() => AudioDecoder.Decode(file, new AudioLimits(), Rate, new CancellationToken(true)));

        using var leaving = new CancellationTokenSource();
        var stream = new TroubledStream(file, atRead: 4, leaving.Cancel);
        Should.Throw<OperationCanceledException>(() => AudioDecoder.Decode(stream, new AudioLimits(), Rate, leaving.Token));
    }

    [Fact]
    public void A_stream_that_fails_does_so_with_its_own_exception()
    {
        var file = TestFiles.Encode(AudioFormat.Flac, Rate, Tones);
        for (var read = 1; read < 6; read++)
        {
            var stream = new TroubledStream(file, read, () => throw new IOException("the disk is gone"));
            Should.Throw<IOException>(() => AudioDecoder.Decode(stream, new AudioLimits(), Rate, CancellationToken.None)).Message.ShouldBe("the disk is gone");
        }
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_a_bug_of_the_caller() => Should.Throw<ArgumentException>(() =>
        AudioDecoder.Decode(new System.IO.Compression.GZipStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress), new AudioLimits(), Rate, CancellationToken.None));

    private static string Refused(byte[] file, params AudioErrorCode[] codes) => Refused(file, new AudioLimits(), codes);

    private static string Refused(byte[] file, AudioLimits limits, params AudioErrorCode[] codes)
    {
        var error = TestFiles.Decode(file, Rate, limits).Error.ShouldNotBeNull($"{file.Length} bytes");
        if (codes.Length > 0) codes.ShouldContain(error.Code, error.Message);
        error.IsOurs.ShouldBeFalse();
        return error.Message;
    }

    /// <summary>Does something at the n-th read.</summary>
    private sealed class TroubledStream(byte[] bytes, int atRead, Action trouble) : MemoryStream(bytes)
    {
        private int reads;

        public override int Read(Span<byte> buffer)
        {
            if (++reads == atRead) trouble();
            return base.Read(buffer);
        }
    }
}
