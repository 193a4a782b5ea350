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
            var bytes = new ArrayBufferWriter<byte>();
            using var encoder = AudioEncoder.Create(format, rate, delivery, bytes).Value.ShouldNotBeNull();
            encoder.Write(Signals.Tones(rate, 2)).ShouldBeNull();
            encoder.Finish().ShouldBeNull();

            var decoded = AudioDecoder.Decode(bytes.WrittenMemory, new AudioLimits(), encoder.SampleRate, CancellationToken.None);
            decoded.Error.ShouldBeNull();
            decoded.Value!.SourceRate.ShouldBe(encoder.SampleRate);
            Signals.Snr(Signals.Tones(encoder.SampleRate, 2), decoded.Value.Samples.Span, 2500).ShouldBeGreaterThan(decibels);
        }
    }
}
