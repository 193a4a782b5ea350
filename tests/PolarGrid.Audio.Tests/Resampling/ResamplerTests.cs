using System.Buffers;
using PolarGrid.Audio.Resampling;
using Shouldly;

namespace PolarGrid.Audio.Tests.Resampling;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(16_000, 24_000)]
    [InlineData(22_050, 24_000)]
    [InlineData(24_000, 16_000)]
    [InlineData(44_100, 16_000)]
    [InlineData(48_000, 8_000)]
    [InlineData(8_000, 48_000)]
    [InlineData(11_025, 16_000)]
    public void The_signal_keeps_its_shape_place_and_length(int from, int to)
    {
        var resampled = Resample(Signals.Tones(from, 1), from, to, 1000);
        resampled.Length.ShouldBeInRange(to - 1, to + 1);
        Signals.Snr(Signals.Tones(to, 1), resampled).ShouldBeGreaterThan(75);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(20_000)]
    public void How_the_signal_is_cut_changes_nothing(int piece)
    {
        var tones = Signals.Tones(22_050, 0.7);
        Resample(tones, 22_050, 24_000, piece).ShouldBe(Resample(tones, 22_050, 24_000, tones.Length));
    }

    [Fact]
    public void What_the_new_rate_cannot_hold_is_taken_out()
    {
        var high = new float[48_000];
        for (var i = 0; i < high.Length; i++) high[i] = (float)Math.Sin(2 * Math.PI * 10_000 * i / 48_000);
        var resampled = Resample(high, 48_000, 16_000, 4096);
        resampled.AsSpan(1000, 14_000).ToArray().Max(Math.Abs).ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Equal_rates_pass_samples_through()
    {
        var tones = Signals.Tones(16_000, 0.3);
        Resample(tones, 16_000, 16_000, 333).ShouldBe(tones);
    }

    [Fact]
    public void Nothing_in_is_nothing_out() => Resample([], 16_000, 24_000, 1).ShouldBeEmpty();

    [Theory]
    [InlineData(0, 16_000)]
    [InlineData(-16_000, 16_000)]
    [InlineData(16_000, 999)]
    [InlineData(768_001, 16_000)]
    public void A_rate_outside_the_range_is_an_error_that_names_it(int from, int to)
    {
        var error = Resampler.Create(from, to).Error.ShouldNotBeNull();
        error.Code.ShouldBe(AudioErrorCode.SampleRate);
        error.Message.ShouldContain("1000 to 768000");
    }

    [Fact]
    public void It_cannot_be_used_after_its_end()
    {
        var output = new ArrayBufferWriter<float>();
        var resampler = Resampler.Create(8_000, 16_000).Value.ShouldNotBeNull();
        resampler.Finish(output).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => resampler.Process([1], output));
        Should.Throw<InvalidOperationException>(() => resampler.Finish(output));
        resampler.Dispose();
        resampler.Dispose();
        Should.Throw<ObjectDisposedException>(() => resampler.Process([1], output));
    }

    private static float[] Resample(float[] samples, int from, int to, int piece)
    {
        var output = new ArrayBufferWriter<float>();
        using var resampler = Resampler.Create(from, to).Value.ShouldNotBeNull();
        for (var at = 0; at < samples.Length; at += piece)
        {
            resampler.Process(samples.AsSpan(at, Math.Min(piece, samples.Length - at)), output).ShouldBeNull();
        }

        resampler.Finish(output).ShouldBeNull();
        return output.WrittenSpan.ToArray();
    }
}
