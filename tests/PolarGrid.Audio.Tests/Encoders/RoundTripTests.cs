using System.Buffers;
using PolarGrid.Audio.Decoders;
using PolarGrid.Audio.Encoders;
using Shouldly;

namespace PolarGrid.Audio.Tests.Encoders;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData(AudioFormat.Wav, 22_050, 80)]
    [InlineData(AudioFormat.Flac, 22_050, 80)]
    [InlineData(AudioFormat.Mp3, 24_000, 30)]
    [InlineData(AudioFormat.Mp3, 16_000, 30)]
    [InlineData(AudioFormat.Mp3, 8_000, 30)]
    [InlineData(AudioFormat.Mp3, 44_100, 30)]
    [InlineData(AudioFormat.Opus, 48_000, 20)]
    [InlineData(AudioFormat.Opus, 24_000, 20)]
    [InlineData(AudioFormat.Opus, 22_050, 20)]
    [InlineData(AudioFormat.Opus, 16_000, 20)]
    public void What_is_written_is_read_back(AudioFormat format, int rate, double decibels)
    {
        foreach (var delivery in Enum.GetValues<AudioDelivery>())
        {
            var tones = Signals.Tones(rate, 2);
            var bytes = new ArrayBufferWriter<byte>();
            using var encoder = AudioEncoder.Create(format, rate, delivery, bytes).Value.ShouldNotBeNull();
            encoder.Write(tones).ShouldBeNull();
            encoder.Finish().ShouldBeNull();

            var decoded = AudioDecoder.Decode(bytes.WrittenMemory, new AudioLimits(), rate, CancellationToken.None);
            decoded.Error.ShouldBeNull();
            decoded.Value!.SampleRate.ShouldBe(rate);
            var snr = Signals.Snr(tones, decoded.Value.Samples.Span, 2500);
            snr.ShouldBeGreaterThan(decibels);
        }
    }
}
