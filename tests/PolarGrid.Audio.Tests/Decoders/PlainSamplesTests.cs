using System.Buffers.Binary;
using PolarGrid.Audio.Decoders;
using PolarGrid.Audio.Native;
using Shouldly;

namespace PolarGrid.Audio.Tests.Decoders;

public sealed class PlainSamplesTests
{
    private const int Rate = 16_000;

    [Fact]
    public void Integers_of_16_bits_become_the_same_fractions()
    {
        short[] integers = [short.MinValue, -12_345, -1, 0, 1, 777, short.MaxValue];

        var decoded = TestFiles.MustDecode(Wav(1, integers));

        decoded.Samples.ToArray().ShouldBe(integers.Select(integer => integer / 32_768f));
        (decoded.Codec, decoded.SourceRate, decoded.SourceChannels).ShouldBe(("pcm_s16", Rate, 1));
    }

    [Fact]
    public void Channels_are_mixed_and_a_frame_that_is_cut_is_left_out()
    {
        var decoded = TestFiles.MustDecode(Wav(3, [300, 600, 900, -3, -6, -9, 5_000, 5_000]));

        decoded.Samples.ToArray().ShouldBe([600 / 32_768f, -6 / 32_768f]);
    }

    [Fact]
    public void More_than_one_piece_is_read_to_the_last_sample()
    {
        var integers = Enumerable.Range(0, (3 * SampleMixer.PieceFrames) + 1).Select(place => (short)(place * 7)).ToArray();

        TestFiles.MustDecode(Wav(1, integers)).Samples.ToArray().ShouldBe(integers.Select(integer => integer / 32_768f));
    }

    [Fact]
    public void It_is_quick_to_decode_only_at_the_rate_that_is_wanted()
    {
        AudioDecoder.IsQuick(Wav(1, new short[100]), Rate).ShouldBeTrue();
        AudioDecoder.IsQuick(Wav(1, new short[100]), 8_000).ShouldBeFalse();
        AudioDecoder.IsQuick(Wav(1, new short[2 << 20]), Rate).ShouldBeFalse();
        AudioDecoder.IsQuick(TestFiles.Wav(SoundFileFormat.Pcm24, Rate, 1, new float[100]), Rate).ShouldBeFalse();
        AudioDecoder.IsQuick(TestFiles.Encode(AudioFormat.Flac, Rate, new float[5_000]), Rate).ShouldBeFalse();
        AudioDecoder.IsQuick(new byte[100], Rate).ShouldBeFalse();
        AudioDecoder.IsQuick(ReadOnlyMemory<byte>.Empty, Rate).ShouldBeFalse();
    }

    private static byte[] Wav(ushort channels, short[] integers)
    {
        var data = new byte[integers.Length * 2];
        for (var i = 0; i < integers.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(2 * i), integers[i]);
        return TestFiles.Riff(("fmt ", TestFiles.Format(1, channels, Rate, 16)), ("data", data));
    }
}
