using System.Buffers;
using System.Buffers.Binary;
using PolarGrid.Audio.Encoders;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Audio.Tests.Encoders;

public sealed class AudioEncoderTests
{
    private const int Rate = 22_050;
    private static readonly float[] Tones = Signals.Tones(Rate, 1.3);

    public static TheoryData<AudioFormat> Formats() => [AudioFormat.Wav, AudioFormat.Pcm, AudioFormat.Flac, AudioFormat.Mp3, AudioFormat.Opus];

    [Theory]
    [MemberData(nameof(Formats))]
    public void How_the_samples_are_cut_changes_nothing(AudioFormat format)
    {
        var whole = Sound(format, TestFiles.Encode(format, Rate, Tones));
        foreach (var piece in (int[])[1, 17, 441, 5000])
        {
            var bytes = new ArrayBufferWriter<byte>();
            using var encoder = AudioEncoder.Create(format, Rate, AudioDelivery.Whole, bytes).Value.ShouldNotBeNull();
            for (var at = 0; at < Tones.Length; at += piece) encoder.Write(Tones.AsSpan(at, Math.Min(piece, Tones.Length - at))).ShouldBeNull();
            encoder.Finish().ShouldBeNull();
            Sound(format, bytes.WrittenSpan.ToArray()).ShouldBe(whole, $"pieces of {piece}");
        }
    }

    [Theory]
    [InlineData(AudioFormat.Wav, 0)]
    [InlineData(AudioFormat.Pcm, 50)]
    [InlineData(AudioFormat.Flac, 70)]
    [InlineData(AudioFormat.Mp3, 100)]
    [InlineData(AudioFormat.Opus, 130)]
    public void Streamed_sound_comes_out_while_more_is_written(AudioFormat format, int milliseconds)
    {
        var output = new ArrayBufferWriter<byte>();
        using var encoder = AudioEncoder.Create(format, Rate, AudioDelivery.Streamed, output).Value.ShouldNotBeNull();
        var silence = HeaderBytes(format);
        var needed = -1;
        for (var at = 0; needed < 0 && at + 221 <= Tones.Length; at += 221)
        {
            encoder.Write(Tones.AsSpan(at, 221)).ShouldBeNull();
            if (output.WrittenCount > silence) needed = at * 1000 / Rate;
        }

        needed.ShouldBeInRange(0, milliseconds);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Streamed_and_whole_are_the_same_sound(AudioFormat format)
    {
        var whole = TestFiles.Encode(format, Rate, Tones);
        var streamed = TestFiles.Encode(format, Rate, Tones, AudioDelivery.Streamed);
        streamed.Length.ShouldBe(whole.Length);
        if (format == AudioFormat.Mp3)
        {
            // Without a length in front, a decoder cannot take the encoder's delay off.
            var a = TestFiles.MustDecode(whole, Rate).Samples.Span;
            Signals.Snr(a, TestFiles.MustDecode(streamed, Rate).Samples.Span, 2500).ShouldBeGreaterThan(60);
            return;
        }

        Sound(format, streamed).ShouldBe(Sound(format, whole));
    }

    [Fact]
    public void Whole_files_state_their_length()
    {
        var wav = TestFiles.Encode(AudioFormat.Wav, Rate, Tones);
        BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(4)).ShouldBe((uint)wav.Length - 8);
        BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(40)).ShouldBe((uint)(2 * Tones.Length));

        var flac = TestFiles.Encode(AudioFormat.Flac, Rate, Tones);
        (BinaryPrimitives.ReadUInt64BigEndian(flac.AsSpan(18)) & 0xF_FFFF_FFFF).ShouldBe((ulong)Tones.Length);

        TestFiles.Encode(AudioFormat.Mp3, Rate, Tones).AsSpan().IndexOf("Info"u8).ShouldBeInRange(1, 64);
    }

    [Fact]
    public void Streamed_files_say_that_their_length_is_not_known()
    {
        var wav = TestFiles.Encode(AudioFormat.Wav, Rate, Tones, AudioDelivery.Streamed);
        BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(4)).ShouldBe(uint.MaxValue);
        BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(40)).ShouldBe(uint.MaxValue);

        var flac = TestFiles.Encode(AudioFormat.Flac, Rate, Tones, AudioDelivery.Streamed);
        (BinaryPrimitives.ReadUInt64BigEndian(flac.AsSpan(18)) & 0xF_FFFF_FFFF).ShouldBe(0ul);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(24_000)]
    [InlineData(48_000)]
    public void Pcm_is_16_bits_at_24_kilohertz_whatever_the_source(int rate)
    {
        var bytes = TestFiles.Encode(AudioFormat.Pcm, rate, Signals.Tones(rate, 1));
        bytes.Length.ShouldBeInRange(47_996, 48_004);
        Signals.Snr(Signals.Tones(24_000, 1), Pcm(bytes)).ShouldBeGreaterThan(70);
    }

    [Theory]
    [InlineData(AudioFormat.Wav, 11_025, 11_025)]
    [InlineData(AudioFormat.Flac, 11_025, 11_025)]
    [InlineData(AudioFormat.Mp3, 8_000, 16_000)]
    [InlineData(AudioFormat.Mp3, 22_050, 22_050)]
    [InlineData(AudioFormat.Mp3, 23_000, 24_000)]
    [InlineData(AudioFormat.Mp3, 96_000, 48_000)]
    [InlineData(AudioFormat.Opus, 22_050, 24_000)]
    [InlineData(AudioFormat.Opus, 16_000, 16_000)]
    [InlineData(AudioFormat.Opus, 44_100, 48_000)]
    [InlineData(AudioFormat.Opus, 192_000, 48_000)]
    public void A_rate_that_the_format_lacks_becomes_the_next(AudioFormat format, int source, int encoded)
    {
        var decoded = TestFiles.MustDecode(TestFiles.Encode(format, source, Signals.Tones(source, 0.5)), encoded);
        decoded.SourceRate.ShouldBe(encoded);
        decoded.Seconds.ShouldBe(0.5, 0.06);
    }

    [Theory]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Mp3_takes_128_kilobits_per_second(int rate)
    {
        var second = TestFiles.Encode(AudioFormat.Mp3, rate, Signals.Tones(rate, 9)).Length - TestFiles.Encode(AudioFormat.Mp3, rate, Signals.Tones(rate, 8)).Length;
        second.ShouldBeInRange(15_400, 16_600);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_too_loud_is_limited_and_does_not_wrap(AudioFormat format)
    {
        if (format is AudioFormat.Mp3 or AudioFormat.Opus) return; // they shape the wave as they please
        var loud = Sound(format, TestFiles.Encode(format, 24_000, [.. Enumerable.Repeat(1.5f, 4000), .. Enumerable.Repeat(-7f, 4000)]));
        loud.AsSpan(100, 3800).ToArray().Min().ShouldBeGreaterThan(0.99f);
        loud.AsSpan(4100, 3800).ToArray().Max().ShouldBeLessThan(-0.99f);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_sample_that_is_no_number_is_an_error_that_stays(AudioFormat format)
    {
        foreach (var wrong in (float[])[float.NaN, float.PositiveInfinity])
        {
            using var encoder = AudioEncoder.Create(format, Rate, AudioDelivery.Streamed, new ArrayBufferWriter<byte>()).Value.ShouldNotBeNull();
            encoder.Write(Tones).ShouldBeNull();
            var error = encoder.Write([0.1f, wrong]).ShouldNotBeNull();
            error.Code.ShouldBe(AudioErrorCode.InvalidSamples);
            encoder.Write(Tones).ShouldBe(error);
            encoder.Finish().ShouldBe(error);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_encoder_that_is_given_up_writes_nothing_more(AudioFormat format)
    {
        foreach (var delivery in Enum.GetValues<AudioDelivery>())
        {
            var output = new ArrayBufferWriter<byte>();
            var encoder = AudioEncoder.Create(format, Rate, delivery, output).Value.ShouldNotBeNull();
            encoder.Write(Tones).ShouldBeNull();
            var before = output.WrittenCount;
            encoder.Dispose();
            encoder.Dispose();
            output.WrittenCount.ShouldBe(before);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_output_that_fails_does_so_with_its_own_exception(AudioFormat format)
    {
        var output = new FailingWriter();
        var thrown = Should.Throw<IOException>(() =>
        {
            using var encoder = AudioEncoder.Create(format, Rate, AudioDelivery.Streamed, output).Value.ShouldNotBeNull();
            for (var i = 0; i < 10; i++) encoder.Write(Tones);
        });
        thrown.Message.ShouldBe("nobody listens");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_written_is_a_valid_file_without_sound(AudioFormat format)
    {
        var bytes = TestFiles.Encode(format, Rate, []);
        if (format == AudioFormat.Pcm) bytes.ShouldBeEmpty();
        else TestFiles.Decode(bytes).Value?.Seconds.ShouldBeLessThan(0.2);
    }

    [Theory]
    [InlineData(AudioFormat.Wav, 0)]
    [InlineData(AudioFormat.Pcm, -1)]
    [InlineData(AudioFormat.Mp3, 999)]
    [InlineData(AudioFormat.Opus, 768_001)]
    [InlineData(AudioFormat.Flac, 700_000)]
    public void A_rate_out_of_range_is_an_error_that_names_it(AudioFormat format, int rate)
    {
        var error = AudioEncoder.Create(format, rate, AudioDelivery.Whole, new ArrayBufferWriter<byte>()).Error.ShouldNotBeNull();
        error.Code.ShouldBe(AudioErrorCode.SampleRate);
        error.Message.ShouldContain($"{rate} Hz");
    }

    [Fact]
    public async Task Several_encoders_run_at_once()
    {
        AudioFormat[] formats = [AudioFormat.Flac, AudioFormat.Mp3, AudioFormat.Opus, AudioFormat.Wav];
        var alone = formats.Select(format => Sound(format, TestFiles.Encode(format, Rate, Tones))).ToArray();
        var together = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => Sound(formats[i % 4], TestFiles.Encode(formats[i % 4], Rate, Tones)))));
        for (var i = 0; i < together.Length; i++) together[i].ShouldBe(alone[i % 4]);
    }

    [SharedFact("audio/LJ001-0002.wav")]
    public void Recorded_speech_survives_every_format()
    {
        var speech = TestFiles.MustDecode(File.ReadAllBytes(SharedFiles.Get("audio/LJ001-0002.wav")), 24_000).Samples.ToArray();
        foreach (var (format, decibels) in ((AudioFormat, double)[])[(AudioFormat.Wav, 60), (AudioFormat.Flac, 60), (AudioFormat.Mp3, 15), (AudioFormat.Opus, 6)])
        {
            var heard = TestFiles.MustDecode(TestFiles.Encode(format, 24_000, speech), 24_000).Samples.Span;
            Signals.Snr(speech, heard, 100).ShouldBeGreaterThan(decibels, $"{format}");
        }
    }

    /// <summary>Decoded samples: Ogg streams carry a random number, so bytes differ from run to run.</summary>
    private static float[] Sound(AudioFormat format, byte[] bytes) =>
        format == AudioFormat.Pcm ? Pcm(bytes) : TestFiles.MustDecode(bytes, 24_000).Samples.ToArray();

    private static float[] Pcm(byte[] bytes)
    {
        var samples = new float[bytes.Length / 2];
        for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i)) / 32768f;
        return samples;
    }

    /// <summary>Most bytes that hold no sound yet: headers, and the frame that is kept free for the length of an mp3.</summary>
    private static int HeaderBytes(AudioFormat format) => format switch
    {
        AudioFormat.Wav => 44,
        AudioFormat.Flac => 200,
        AudioFormat.Mp3 => 600,
        AudioFormat.Opus => 250,
        _ => 0,
    };

    private sealed class FailingWriter : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> inner = new();

        public void Advance(int count)
        {
            inner.Advance(count);
            if (inner.WrittenCount > 5000) throw new IOException("nobody listens");
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
