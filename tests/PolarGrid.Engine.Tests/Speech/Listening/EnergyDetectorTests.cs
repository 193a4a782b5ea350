using PolarGrid.Engine.Speech.Listening;
using Shouldly;

namespace PolarGrid.Engine.Tests.Speech.Listening;

public sealed class EnergyDetectorTests
{
    private const int Rate = 16_000;

    [Fact]
    public void Digital_silence_is_no_speech() => Heard(new float[Rate * 3]).ShouldAllBe(heard => !heard);

    [Fact]
    public void Soft_hiss_is_no_speech() => Heard(Noise(5, 0.001f)).ShouldAllBe(heard => !heard);

    [Fact]
    public void A_voice_over_steady_noise_is_heard_and_the_noise_is_not()
    {
        var samples = Noise(8, 0.004f);
        Voice(samples.AsSpan(4 * Rate, Rate));

        var heard = Heard(samples);

        heard[50..200].ShouldAllBe(frame => !frame);
        heard[203..250].ShouldAllBe(frame => frame);
        heard[262..].ShouldAllBe(frame => !frame);
    }

    [Fact]
    public void A_recording_that_begins_with_speech_is_heard_from_its_second_frame()
    {
        var samples = new float[2 * Rate];
        Voice(samples);

        Heard(samples)[1..].ShouldAllBe(frame => frame);
    }

    [Fact]
    public void A_loud_tone_stays_speech_however_long_it_lasts()
    {
        var samples = new float[20 * Rate];
        Voice(samples);

        Heard(samples)[1..].ShouldAllBe(frame => frame);
    }

    [Fact]
    public void A_single_click_is_no_speech()
    {
        var samples = new float[Rate];
        samples[Rate / 2] = 1;

        Heard(samples).ShouldAllBe(heard => !heard);
    }

    [Fact]
    public void A_higher_threshold_hears_less()
    {
        var samples = Noise(4, 0.02f);
        for (var at = 2 * Rate; at < 3 * Rate; at++) samples[at] *= 2.5f;

        Heard(samples, 0).Count(heard => heard).ShouldBeGreaterThan(Heard(samples, 1).Count(heard => heard));
    }

    [Fact]
    public void It_hears_a_second_recording_as_if_it_were_the_first()
    {
        using var detector = new EnergyDetector(Rate);
        var samples = Noise(2, 0.05f);
        var first = Heard(detector, samples);
        detector.Reset();

        Heard(detector, samples).ShouldBe(first);
    }

    [Theory]
    [InlineData(0, 0.5f)]
    [InlineData(16_000, -0.1f)]
    [InlineData(16_000, 1.1f)]
    [InlineData(16_000, float.NaN)]
    public void Numbers_out_of_range_are_refused(int rate, float threshold) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new EnergyDetector(rate, threshold));

    private static bool[] Heard(float[] samples, float threshold = 0.5f)
    {
        using var detector = new EnergyDetector(Rate, threshold);
        return Heard(detector, samples);
    }

    private static bool[] Heard(EnergyDetector detector, float[] samples) =>
        [.. samples.Chunk(detector.FrameSamples).Where(frame => frame.Length == detector.FrameSamples).Select(frame => detector.HearsSpeech(frame))];

    private static float[] Noise(int seconds, float loudness)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, seconds * Rate).Select(_ => ((random.NextSingle() * 2) - 1) * loudness)];
    }

    private static void Voice(Span<float> samples)
    {
        for (var at = 0; at < samples.Length; at++) samples[at] = 0.3f * MathF.Sin(2 * MathF.PI * 220 * at / Rate);
    }
}
