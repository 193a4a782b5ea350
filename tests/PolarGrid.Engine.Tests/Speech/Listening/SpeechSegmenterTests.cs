using PolarGrid.Engine.Speech.Listening;
using Shouldly;

namespace PolarGrid.Engine.Tests.Speech.Listening;

public sealed class SpeechSegmenterTests
{
    private static readonly SegmentationSettings Usual = new()
    {
        FrameSamples = 10, PaddingBefore = 20, PaddingAfter = 10, LeastSilence = 30, LeastSpeech = 20, MostSamples = 200,
    };

    [Fact]
    public void Speech_gets_padding_and_ends_with_enough_silence() =>
        Cut("....###......").ShouldBe([new(20, 80)]);

    [Fact]
    public void A_short_gap_belongs_to_the_stretch() => Cut("....##..##.....").ShouldBe([new(20, 110)]);

    [Fact]
    public void A_long_gap_ends_it() => Cut("....##.....##....").ShouldBe([new(20, 70), new(90, 140)]);

    [Fact]
    public void Paddings_never_overlap() => Cut("##...##...").ShouldBe([new(0, 30), new(30, 80)]);

    [Fact]
    public void A_click_is_no_speech() => Cut("....#.......").ShouldBeEmpty();

    [Fact]
    public void Silence_has_no_stretch() => Cut("..............").ShouldBeEmpty();

    [Fact]
    public void The_end_of_the_recording_ends_a_stretch() => Cut("..###").ShouldBe([new(0, 50)]);

    [Fact]
    public void Long_speech_is_cut_where_it_is_quietest()
    {
        var levels = Enumerable.Repeat(1f, 30).ToArray();
        levels[15] = levels[16] = levels[17] = 0.1f;
        Cut(new string('#', 30), levels).ShouldBe([new(0, 170), new(170, 300)]);
    }

    [Fact]
    public void Long_speech_without_a_quiet_place_is_cut_as_late_as_it_may_be() =>
        Cut(new string('#', 45)).ShouldBe([new(0, 190), new(190, 380), new(380, 450)]);

    [Fact]
    public void Every_frame_with_speech_is_in_exactly_one_stretch_and_none_is_too_long()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var settings = RandomSettings(random);
            var (speech, levels) = RandomRecording(random);
            var stretches = Run(new SpeechSegmenter(settings), speech, levels);
            Check(settings, speech, stretches, seed);
        }
    }

    /// <summary>What a live session relies on: it hears samples as soon as they are sure, and hears exactly the stretch.</summary>
    [Fact]
    public void What_is_sure_to_belong_to_a_stretch_does_belong_to_it()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var settings = RandomSettings(random);
            var (speech, levels) = RandomRecording(random);
            var segmenter = new SpeechSegmenter(settings);
            long? began = null;
            long sure = 0;
            for (var at = 0; at < speech.Length; at++)
            {
                var ended = segmenter.Add(speech[at], levels[at]);
                if (ended is { } stretch)
                {
                    if (began is { } start) stretch.Start.ShouldBe(start, $"seed {seed}");
                    stretch.End.ShouldBeGreaterThanOrEqualTo(sure, $"seed {seed}");
                    (began, sure) = (null, 0);
                }

                if (segmenter.Start is not { } open) continue;
                if (began is null) began = open;
                open.ShouldBe(began.Value, $"seed {seed}");
                open.ShouldBeGreaterThanOrEqualTo(segmenter.NeededFrom);
                segmenter.SureUntil.ShouldBeGreaterThanOrEqualTo(sure, $"seed {seed}");
                sure = segmenter.SureUntil;
            }

            if (segmenter.Finish() is { } last) last.End.ShouldBeGreaterThanOrEqualTo(sure, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(0, 20, 10, 30, 200)]
    [InlineData(10, -1, 10, 30, 200)]
    [InlineData(10, 20, 40, 30, 200)]
    [InlineData(10, 20, 10, 5, 200)]
    [InlineData(10, 20, 10, 100, 200)]
    public void Settings_out_of_range_are_refused(int frame, int before, int after, int silence, int most) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SpeechSegmenter(new SegmentationSettings
        {
            FrameSamples = frame, PaddingBefore = before, PaddingAfter = after, LeastSilence = silence, LeastSpeech = 0, MostSamples = most,
        }));

    [Theory]
    [InlineData(16_000, 512, 30)]
    [InlineData(8_000, 160, 0.05)]
    [InlineData(16_000, 320, 1)]
    public void The_usual_settings_are_within_range(int rate, int frame, double seconds) =>
        new SpeechSegmenter(SegmentationSettings.For(rate, frame, seconds)).Start.ShouldBeNull();

    private static void Check(SegmentationSettings settings, bool[] speech, List<SpeechStretch> stretches, int seed)
    {
        long behind = 0;
        foreach (var stretch in stretches)
        {
            stretch.Start.ShouldBeGreaterThanOrEqualTo(behind, $"seed {seed}");
            stretch.Length.ShouldBeInRange(1, settings.MostSamples, $"seed {seed}");
            stretch.End.ShouldBeLessThanOrEqualTo((long)speech.Length * settings.FrameSamples, $"seed {seed}");
            behind = stretch.End;
        }

        for (var at = 0; at < speech.Length; at++)
        {
            if (!speech[at]) continue;
            var (from, until) = ((long)at * settings.FrameSamples, (long)(at + 1) * settings.FrameSamples);
            var holding = stretches.Count(stretch => stretch.Start <= from && stretch.End >= until);
            if (holding == 0) IsShortBurst(settings, speech, at).ShouldBeTrue($"seed {seed}: frame {at} is in no stretch");
            else holding.ShouldBe(1, $"seed {seed}: frame {at}");
        }
    }

    /// <summary>Whether all speech around a frame, up to silence that ends a stretch, is less than a stretch must hold.</summary>
    private static bool IsShortBurst(SegmentationSettings settings, bool[] speech, int at)
    {
        var gap = (settings.LeastSilence + settings.FrameSamples - 1) / settings.FrameSamples;
        var count = 1;
        foreach (var step in (int[])[-1, 1])
        {
            for (var (place, silent) = (at + step, 0); place >= 0 && place < speech.Length && silent < gap; place += step)
            {
                silent = speech[place] ? 0 : silent + 1;
                if (speech[place]) count++;
            }
        }

        return count * settings.FrameSamples < settings.LeastSpeech;
    }

    private static SegmentationSettings RandomSettings(Random random)
    {
        var frame = random.Next(1, 20);
        var most = frame * random.Next(3, 80);
        var silence = random.Next(frame, (most / 3) + 1);
        return new SegmentationSettings
        {
            FrameSamples = frame,
            PaddingBefore = random.Next(0, 2 * most),
            PaddingAfter = random.Next(0, silence + 1),
            LeastSilence = silence,
            LeastSpeech = random.Next(0, most / 2),
            MostSamples = most,
        };
    }

    private static (bool[] Speech, float[] Levels) RandomRecording(Random random)
    {
        var speech = new bool[random.Next(0, 400)];
        var talks = false;
        for (var at = 0; at < speech.Length; at++)
        {
            if (random.Next(8) == 0) talks = !talks;
            speech[at] = talks;
        }

        return (speech, [.. speech.Select(_ => random.NextSingle())]);
    }

    private static List<SpeechStretch> Cut(string frames, float[]? levels = null) =>
        Run(new SpeechSegmenter(Usual), [.. frames.Select(frame => frame == '#')], levels ?? [.. frames.Select(_ => 1f)]);

    private static List<SpeechStretch> Run(SpeechSegmenter segmenter, bool[] speech, float[] levels)
    {
        var found = new List<SpeechStretch>();
        for (var at = 0; at < speech.Length; at++)
        {
            if (segmenter.Add(speech[at], levels[at]) is { } ended) found.Add(ended);
        }

        if (segmenter.Finish() is { } last) found.Add(last);
        return found;
    }
}
