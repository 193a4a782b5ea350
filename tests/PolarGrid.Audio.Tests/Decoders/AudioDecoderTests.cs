using System.Buffers.Binary;
using PolarGrid.Audio.Decoders;
using PolarGrid.Audio.Encoders;
using PolarGrid.Audio.Native;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Audio.Tests.Decoders;

public sealed class AudioDecoderTests
{
    private const int Rate = 16_000;
    private const int BigEndian = 0x20000000;
    private static readonly float[] Tones = Signals.Tones(Rate, 1.5);

    [Theory]
    [InlineData(SoundFileFormat.PcmU8, "pcm_u8", 35)]
    [InlineData(SoundFileFormat.Pcm16, "pcm_s16", 80)]
    [InlineData(SoundFileFormat.Pcm24, "pcm_s24", 120)]
    [InlineData(SoundFileFormat.Pcm32, "pcm_s32", 130)]
    [InlineData(SoundFileFormat.Float, "pcm_f32", 140)]
    [InlineData(SoundFileFormat.Double, "pcm_f64", 140)]
    [InlineData(SoundFileFormat.MuLaw, "mulaw", 30)]
    [InlineData(SoundFileFormat.ALaw, "alaw", 30)]
    [InlineData(SoundFileFormat.MsAdpcm, "ms_adpcm", 25)]
    [InlineData(SoundFileFormat.ImaAdpcm, "ima_adpcm", 25)]
    [InlineData(SoundFileFormat.Gsm610, "gsm", 10)]
    public void Every_common_encoding_of_wav_is_read(int encoding, string codec, double decibels)
    {
        var decoded = TestFiles.MustDecode(TestFiles.Wav(encoding, Rate, 1, Tones));

        decoded.Container.ShouldBe(AudioContainer.Wav);
        decoded.Codec.ShouldBe(codec);
        (decoded.SourceRate, decoded.SourceChannels).ShouldBe((Rate, 1));
        decoded.Seconds.ShouldBe(1.5, 0.1);
        Signals.Snr(Tones, decoded.Samples.Span).ShouldBeGreaterThan(decibels);
    }

    [Theory]
    [InlineData(SoundFileFormat.Wav | SoundFileFormat.Pcm16 | BigEndian, AudioContainer.Wav, "pcm_s16", 80)]
    [InlineData(SoundFileFormat.WavExtensible | SoundFileFormat.Pcm24, AudioContainer.Wav, "pcm_s24", 120)]
    [InlineData(SoundFileFormat.Rf64 | SoundFileFormat.Pcm16, AudioContainer.Wav, "pcm_s16", 80)]
    [InlineData(SoundFileFormat.Flac | SoundFileFormat.PcmS8, AudioContainer.Flac, "flac", 35)]
    [InlineData(SoundFileFormat.Flac | SoundFileFormat.Pcm16, AudioContainer.Flac, "flac", 80)]
    [InlineData(SoundFileFormat.Flac | SoundFileFormat.Pcm24, AudioContainer.Flac, "flac", 120)]
    [InlineData(SoundFileFormat.Ogg | SoundFileFormat.Vorbis, AudioContainer.Ogg, "vorbis", 15)]
    [InlineData(SoundFileFormat.Ogg | SoundFileFormat.Opus, AudioContainer.Ogg, "opus", 20)]
    [InlineData(SoundFileFormat.Mpeg | SoundFileFormat.MpegLayer3, AudioContainer.Mp3, "mp3", 20)]
    public void Every_other_container_is_read(int format, AudioContainer container, string codec, double decibels)
    {
        var decoded = TestFiles.MustDecode(TestFiles.Write(format, Rate, 1, Tones));

        (decoded.Container, decoded.Codec, decoded.SourceRate).ShouldBe((container, codec, Rate));
        decoded.Seconds.ShouldBe(1.5, 0.1);
        Signals.Snr(Tones, decoded.Samples.Span, 1200).ShouldBeGreaterThan(decibels);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    [InlineData(192_000)]
    public void Any_rate_becomes_the_one_that_was_asked_for(int rate)
    {
        var decoded = TestFiles.MustDecode(TestFiles.Wav(SoundFileFormat.Pcm24, rate, 1, Signals.Tones(rate, 1.5)));

        decoded.SourceRate.ShouldBe(rate);
        decoded.Seconds.ShouldBe(1.5, 0.001);
        decoded.Samples.Length.ShouldBeInRange(Tones.Length - 1, Tones.Length + 1);
        Signals.Snr(Tones, decoded.Samples.Span).ShouldBeGreaterThan(70);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(16)]
    public void Channels_are_mixed_down_by_their_mean(int channels)
    {
        var each = Enumerable.Range(0, channels).Select(channel => Tones.Select(sample => sample * (channel + 1) / channels).ToArray()).ToArray();
        var decoded = TestFiles.MustDecode(TestFiles.Write(SoundFileFormat.WavExtensible | SoundFileFormat.Float, Rate, channels, TestFiles.Interleave(each)));

        decoded.SourceChannels.ShouldBe(channels);
        var mean = (channels + 1) / 2f / channels;
        for (var i = 0; i < Tones.Length; i++) decoded.Samples.Span[i].ShouldBe(Tones[i] * mean, 1e-5f);
    }

    [Fact]
    public void Six_channels_at_96_kilohertz_are_read_from_flac()
    {
        var tones = Signals.Tones(96_000, 1.5);
        var decoded = TestFiles.MustDecode(TestFiles.Write(
            SoundFileFormat.Flac | SoundFileFormat.Pcm24, 96_000, 6, TestFiles.Interleave(tones, tones, tones, tones, tones, tones)));

        (decoded.SourceRate, decoded.SourceChannels).ShouldBe((96_000, 6));
        Signals.Snr(Tones, decoded.Samples.Span).ShouldBeGreaterThan(70);
    }

    [Fact]
    public void Chunks_of_odd_sizes_and_unknown_names_are_passed_over()
    {
        var pcm = TestFiles.Pcm16(Tones);
        var plain = TestFiles.Riff(("fmt ", TestFiles.Format(1, 1, Rate, 16)), ("data", pcm));
        var odd = TestFiles.Riff(
            ("JUNK", new byte[27]), ("bext", new byte[603]), ("fmt ", TestFiles.Format(1, 1, Rate, 16)), ("LIST", [.. "INFOISFT"u8, 5, 0, 0, 0, .. "odd\0\0\0"u8, 0]),
            ("fact", TestFiles.LittleEndian((uint)Tones.Length)), ("zzzz", [1]), ("data", pcm), ("tail", new byte[11]));

        TestFiles.MustDecode(odd).Samples.ToArray().ShouldBe(TestFiles.MustDecode(plain).Samples.ToArray());
    }

    [Fact]
    public void Half_a_frame_at_the_end_is_no_frame()
    {
        byte[] pcm = [.. TestFiles.Pcm16(Tones), 7];
        var decoded = TestFiles.MustDecode(TestFiles.Riff(("fmt ", TestFiles.Format(1, 1, Rate, 16)), ("data", pcm)));
        decoded.Samples.Length.ShouldBe(Tones.Length);
    }

    [Theory]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(0x7FFFF000)]
    public void A_wav_of_unknown_length_is_read_to_its_end(uint size)
    {
        var file = TestFiles.Wav(SoundFileFormat.Pcm16, Rate, 1, Tones);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), size);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), size);
        TestFiles.MustDecode(file).Samples.Length.ShouldBe(Tones.Length);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(36u)]
    [InlineData(uint.MaxValue)]
    public void A_wav_whose_writer_never_came_back_to_state_its_length_is_read_to_its_end(uint riffSize)
    {
        var file = TestFiles.Wav(SoundFileFormat.Pcm16, Rate, 1, Tones);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), riffSize);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), riffSize == uint.MaxValue ? uint.MaxValue : 0);
        TestFiles.MustDecode(file).Samples.Length.ShouldBe(Tones.Length);
    }

    [Fact]
    public void A_wav_that_was_cut_is_read_as_far_as_it_goes()
    {
        var file = TestFiles.Wav(SoundFileFormat.Pcm16, Rate, 1, Tones);
        TestFiles.MustDecode(file[..^20_000]).Samples.Length.ShouldBe(Tones.Length - 10_000);
    }

    [Fact]
    public void Mp3_frames_in_a_wav_are_read()
    {
        var file = TestFiles.Riff(("fmt ", [.. TestFiles.Format(0x55, 1, Rate, 0), 0, 0]), ("data", TestFiles.Encode(AudioFormat.Mp3, Rate, Tones)));
        TestFiles.MustDecode(file).Codec.ShouldBe("mp3");
    }

    [Theory]
    [InlineData(SoundFileFormat.Mpeg | SoundFileFormat.MpegLayer3, AudioContainer.Mp3)]
    [InlineData(SoundFileFormat.Flac | SoundFileFormat.Pcm16, AudioContainer.Flac)]
    [InlineData(SoundFileFormat.Wav | SoundFileFormat.Pcm16, AudioContainer.Wav)]
    public void Tags_in_front_are_passed_over(int format, AudioContainer container)
    {
        var plain = TestFiles.Write(format, Rate, 1, Tones);
        var wanted = TestFiles.MustDecode(plain).Samples.ToArray();
        foreach (var picture in (int[])[0, 100, 70_000])
        {
            var decoded = TestFiles.MustDecode([.. TestFiles.Id3(picture), .. TestFiles.Id3(3), .. plain]);
            decoded.Container.ShouldBe(container);
            decoded.Samples.ToArray().ShouldBe(wanted);
        }
    }

    [Fact]
    public void A_tag_at_the_end_of_an_mp3_is_no_sound()
    {
        var mp3 = TestFiles.Encode(AudioFormat.Mp3, Rate, Tones);
        var decoded = TestFiles.MustDecode([.. mp3, .. "TAG"u8, .. new byte[125]]);
        decoded.Samples.Length.ShouldBe(TestFiles.MustDecode(mp3).Samples.Length);
    }

    [Fact]
    public void An_mp3_that_begins_within_a_frame_is_read_from_the_next_one()
    {
        var mp3 = TestFiles.Encode(AudioFormat.Mp3, Rate, Tones, AudioDelivery.Streamed);
        var decoded = TestFiles.MustDecode(mp3[1500..]);
        decoded.Container.ShouldBe(AudioContainer.Mp3);
        decoded.Seconds.ShouldBeInRange(1.2, 1.6);
    }

    [Fact]
    public void Sound_that_is_too_loud_is_limited()
    {
        var decoded = TestFiles.MustDecode(TestFiles.Wav(SoundFileFormat.Float, Rate, 1, [.. Tones.Select(sample => sample * 100)]));
        var samples = decoded.Samples.ToArray();
        (samples.Max(), samples.Min()).ShouldBe((1, -1));
    }

    [Fact]
    public void A_stream_reads_as_memory_does()
    {
        var file = TestFiles.Encode(AudioFormat.Flac, Rate, Tones);
        using var stream = new MemoryStream(file) { Position = 77 };
        var decoded = AudioDecoder.Decode(stream, new AudioLimits(), 24_000, CancellationToken.None).Value.ShouldNotBeNull();
        decoded.Samples.ToArray().ShouldBe(TestFiles.MustDecode(file, 24_000).Samples.ToArray());
        stream.CanRead.ShouldBeTrue();
    }

    [Fact]
    public async Task Several_files_are_decoded_at_once()
    {
        byte[][] files =
        [
            TestFiles.Encode(AudioFormat.Flac, 22_050, Tones), TestFiles.Encode(AudioFormat.Mp3, 22_050, Tones),
            TestFiles.Encode(AudioFormat.Opus, 22_050, Tones), TestFiles.Wav(SoundFileFormat.MsAdpcm, 22_050, 1, Tones),
            TestFiles.Write(SoundFileFormat.Ogg | SoundFileFormat.Vorbis, 22_050, 1, Tones),
        ];
        var alone = files.Select(file => TestFiles.MustDecode(file).Samples.ToArray()).ToArray();

        var together = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => TestFiles.MustDecode(files[i % files.Length]))));

        for (var i = 0; i < together.Length; i++) together[i].Samples.ToArray().ShouldBe(alone[i % alone.Length]);
    }

    [SharedFact("audio/LJ001-0002.wav", "audio/fleurs-en-000.ogg")]
    public void Recorded_speech_is_read()
    {
        var clip = TestFiles.MustDecode(File.ReadAllBytes(SharedFiles.Get("audio/LJ001-0002.wav")), 22_050);
        (clip.Container, clip.SourceRate, clip.Codec).ShouldBe((AudioContainer.Wav, 22_050, "pcm_s16"));
        clip.Seconds.ShouldBe(1.9, 0.01);
        clip.Samples.ToArray().Max().ShouldBeGreaterThan(0.1f);

        var ogg = TestFiles.MustDecode(File.ReadAllBytes(SharedFiles.Get("audio/fleurs-en-000.ogg")));
        ogg.Container.ShouldBe(AudioContainer.Ogg);
        ogg.Seconds.ShouldBeGreaterThan(2);
        ogg.Samples.ToArray().Max().ShouldBeGreaterThan(0.02f);
    }
}
