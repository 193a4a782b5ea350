using System.Buffers.Binary;
using PolarGrid.Engine.Sherpa.Listening;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Listening;

public sealed class SileroDetectorTests
{
    private const string Model = "models/silero_vad.onnx";
    private const string Clip = "audio/LJ001-0001.wav";

    [SharedFact(Model, Clip)]
    public void Speech_is_heard_in_most_frames_of_a_clip()
    {
        using var folder = ModelFolder.Detector();
        using var detector = new SileroDetector(folder.Read());
        var answers = Listen(detector, Speech());

        ((double)answers.Count(speech => speech) / answers.Count).ShouldBeGreaterThan(0.7);
    }

    [SharedFact(Model)]
    public void Silence_hum_and_noise_are_not_speech()
    {
        using var folder = ModelFolder.Detector();
        using var detector = new SileroDetector(folder.Read());
        var random = new Random(3);
        var hum = Enumerable.Range(0, 32_000).Select(i => 0.1f * MathF.Sin(i * 0.02f)).ToArray();
        var noise = Enumerable.Range(0, 32_000).Select(_ => 0.01f * (random.NextSingle() - 0.5f)).ToArray();

        Listen(detector, new float[64_000]).ShouldAllBe(speech => !speech);
        detector.Reset();
        Listen(detector, hum).Count(speech => speech).ShouldBeLessThan(3);
        detector.Reset();
        Listen(detector, noise).Count(speech => speech).ShouldBeLessThan(3);
    }

    [SharedFact(Model, Clip)]
    public void Speech_ends_with_the_silence_behind_it()
    {
        using var folder = ModelFolder.Detector();
        using var detector = new SileroDetector(folder.Read());
        var answers = Listen(detector, [.. new float[16_000], .. Speech(), .. new float[32_000]]);

        answers.Take(28).ShouldAllBe(speech => !speech);
        answers.TakeLast(40).ShouldAllBe(speech => !speech);
    }

    [SharedFact(Model, Clip)]
    public void After_a_reset_the_same_audio_gets_the_same_answers()
    {
        using var folder = ModelFolder.Detector();
        using var detector = new SileroDetector(folder.Read());
        var speech = Speech();
        var first = Listen(detector, speech);
        detector.Reset();
        Listen(detector, speech).ShouldBe(first);
    }

    [SharedFact(Model, Clip)]
    public void Speech_that_goes_on_for_minutes_is_heard_as_well_as_at_first()
    {
        using var folder = ModelFolder.Detector();
        using var detector = new SileroDetector(folder.Read());
        var speech = Speech();
        for (var round = 0; round < 15; round++)
        {
            var answers = Listen(detector, speech);
            ((double)answers.Count(heard => heard) / answers.Count).ShouldBeGreaterThan(0.7);
        }
    }

    [SharedFact(Model, Clip)]
    public void The_threshold_decides_how_much_is_speech()
    {
        using var folder = ModelFolder.Detector();
        var model = folder.Read();
        var heard = ((float[])[0, 0.1f, 0.5f, 0.9f, 1]).Select(threshold =>
        {
            using var detector = new SileroDetector(model, threshold);
            return Listen(detector, Speech()).Count(speech => speech);
        }).ToList();

        heard.ShouldBe(heard.OrderDescending());
        heard[0].ShouldBe(Speech().Length / 512);
        heard[^1].ShouldBe(0);
        heard[1].ShouldBeGreaterThan(heard[3]);
        Should.Throw<ArgumentOutOfRangeException>(() => new SileroDetector(model, 1.1f));
    }

    [SharedTheory(Model)]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(513)]
    public void A_frame_of_another_size_is_refused(int samples)
    {
        using var folder = ModelFolder.Detector();
        using var detector = new SileroDetector(folder.Read());
        Should.Throw<ArgumentException>(() => detector.HearsSpeech(new float[samples])).Message.ShouldContain("512 samples");
    }

    [SharedFact(Model)]
    public void Samples_that_are_no_numbers_never_reach_the_library()
    {
        using var folder = ModelFolder.Detector();
        using var detector = new SileroDetector(folder.Read());
        var frame = new float[512];
        frame[7] = float.NaN;
        Should.Throw<ArgumentException>(() => detector.HearsSpeech(frame));
    }

    private static List<bool> Listen(SileroDetector detector, float[] samples) =>
        [.. samples.Chunk(detector.FrameSamples).Where(frame => frame.Length == detector.FrameSamples).Select(frame => detector.HearsSpeech(frame))];

    /// <summary>The clip, 22.05 kHz 16-bit mono behind 44 bytes, taken down to 16 kHz by straight lines: enough for a detector.</summary>
    private static float[] Speech()
    {
        var bytes = File.ReadAllBytes(SharedFiles.Get(Clip)).AsSpan(44);
        var source = new float[bytes.Length / 2];
        for (var i = 0; i < source.Length; i++) source[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) / 32768f;
        var target = new float[(int)(source.Length * 16_000L / 22_050) - 1];
        for (var i = 0; i < target.Length; i++)
        {
            var at = i * 22_050.0 / 16_000;
            var whole = (int)at;
            target[i] = (float)(source[whole] + (at - whole) * (source[whole + 1] - source[whole]));
        }

        return target;
    }
}
