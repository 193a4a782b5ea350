using System.Buffers.Binary;
using PolarGrid.Audio.Native;
using Shouldly;

namespace PolarGrid.Audio.Tests.Decoders;

/// <summary>Few bytes that say, or unpack to, very many samples.</summary>
public sealed class BombTests
{
    private const int Rate = 16_000;
    private static readonly AudioLimits OneMinute = new() { MaxSeconds = 60 };

    /// <summary>What a decoder may take for a minute that it refuses: the samples twice and change.</summary>
    private const long MostBytes = 12 << 20;

    [Theory]
    [InlineData(SoundFileFormat.Flac | SoundFileFormat.Pcm16)]
    [InlineData(SoundFileFormat.Ogg | SoundFileFormat.Opus)]
    [InlineData(SoundFileFormat.Ogg | SoundFileFormat.Vorbis)]
    [InlineData(SoundFileFormat.Mpeg | SoundFileFormat.MpegLayer3)]
    public void Silence_that_unpacks_to_ten_minutes_is_refused_at_the_limit(int format)
    {
        var file = TestFiles.Write(format, Rate, 1, new float[Rate * 600]);
        Refused(file, AudioErrorCode.TooLong);
    }

    [Theory]
    [InlineData(0x0F_FFFF_FFFFL)]
    [InlineData(0x08_0000_0000L)]
    [InlineData(1L)]
    public void What_a_flac_header_says_about_its_length_is_not_believed(long frames)
    {
        var tones = Signals.Tones(Rate, 1);
        var file = TestFiles.Write(SoundFileFormat.Flac | SoundFileFormat.Pcm16, Rate, 1, tones);

        // Total samples: the lower 36 bits of bytes 18 to 25.
        var word = BinaryPrimitives.ReadUInt64BigEndian(file.AsSpan(18));
        BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(18), word & ~0xF_FFFF_FFFFUL | (ulong)frames);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoded = TestFiles.Decode(file, Rate, OneMinute);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes);

        // Less than there is ends the sound early, as with every player; more than there is changes nothing.
        decoded.Value.ShouldNotBeNull($"{decoded.Error}").Seconds.ShouldBe(frames == 1 ? 1.0 / Rate : 1, 1e-9);
    }

    [Theory]
    [InlineData(0x7FFF_FFFF_FFFF_FFFF)]
    [InlineData(0x4000_0000_0000_0000)]
    [InlineData(-1)]
    public void What_an_RF64_header_says_about_its_length_is_not_believed(long size)
    {
        var file = TestFiles.Write(SoundFileFormat.Rf64 | SoundFileFormat.Pcm16, Rate, 1, Signals.Tones(Rate, 1));
        var ds64 = file.AsSpan().IndexOf("ds64"u8);
        for (var field = 0; field < 3; field++) BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(ds64 + 8 + 8 * field), size);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoded = TestFiles.Decode(file, Rate, OneMinute);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes);
        decoded.Value.ShouldNotBeNull($"{decoded.Error}").Seconds.ShouldBe(1, 0.1);
    }

    [Fact]
    public void What_stands_behind_the_samples_of_an_RF64_file_is_not_heard()
    {
        var file = TestFiles.Write(SoundFileFormat.Rf64 | SoundFileFormat.Pcm16, Rate, 1, Signals.Tones(Rate, 1));
        byte[] longer = [.. file, .. "LIST"u8, 0x10, 0x27, 0, 0, .. Enumerable.Repeat((byte)0x55, 10_000)];

        var samples = TestFiles.Decode(longer, Rate, OneMinute).Value.ShouldNotBeNull().Samples;

        samples.Length.ShouldBe(Rate);
    }

    [Theory]
    [InlineData(SoundFileFormat.Opus, 0x7FFF_FFFF_FFFF_FFFF)]
    [InlineData(SoundFileFormat.Opus, 1L << 62)]
    [InlineData(SoundFileFormat.Opus, -2)]
    [InlineData(SoundFileFormat.Vorbis, 0x7FFF_FFFF_FFFF_FFFF)]
    [InlineData(SoundFileFormat.Vorbis, 1L << 62)]
    [InlineData(SoundFileFormat.Vorbis, -2)]
    public void What_the_last_Ogg_page_says_about_the_length_is_not_believed(int codec, long granule)
    {
        var file = TestFiles.Write(SoundFileFormat.Ogg | codec, Rate, 1, Signals.Tones(Rate, 1));
        var page = file.AsSpan().LastIndexOf("OggS"u8);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(page + 6), granule);
        OggChecksum.Repair(file.AsSpan(page));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoded = TestFiles.Decode(file, Rate, OneMinute);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes);

        // The library looks for the end of an opus file by this number, and gives up where it cannot be.
        if (codec == SoundFileFormat.Opus) decoded.Error.ShouldNotBeNull().Code.ShouldBe(AudioErrorCode.Damaged);
        else decoded.Value.ShouldNotBeNull($"{decoded.Error}").Seconds.ShouldBe(1, 0.1);
    }

    [Fact]
    public void Upsampling_cannot_be_used_to_fill_memory()
    {
        // One byte per sample at the lowest rate, sixteen-fold at the target's: still bound by seconds.
        var file = TestFiles.Wav(SoundFileFormat.PcmU8, 4_000, 1, new float[4_000 * 600]);
        Refused(file, AudioErrorCode.TooLong);
    }

    private static void Refused(byte[] file, AudioErrorCode code)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = TestFiles.Decode(file, Rate, OneMinute).Error.ShouldNotBeNull();
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        error.Code.ShouldBe(code, error.Message);
        error.Message.ShouldContain("60 seconds");
        taken.ShouldBeLessThan(MostBytes);
    }
}
