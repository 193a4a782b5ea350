using PolarGrid.Engine.Classic.Pocketsphinx;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests.Pocketsphinx;

public sealed class SpeechOnsetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(3000)]
    public void A_steady_sound_is_no_beginning(int level)
    {
        var onset = new SpeechOnset();

        onset.Take(Sound(level, 32_000));

        onset.HasBegun.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(30, 500)]
    [InlineData(300, 3000)]
    public void It_begins_when_three_frames_are_louder_than_before(int before, int speech)
    {
        var onset = new SpeechOnset();
        onset.Take(Sound(before, 16_000));
        onset.HasBegun.ShouldBeFalse();

        onset.Take(Sound(speech, 640));
        onset.HasBegun.ShouldBeFalse();

        onset.Take(Sound(speech, 320));
        onset.HasBegun.ShouldBeTrue();
    }

    [Fact]
    public void A_click_is_no_beginning()
    {
        var onset = new SpeechOnset();
        onset.Take(Sound(20, 16_000));

        onset.Take(Sound(9000, 320));
        onset.Take(Sound(20, 16_000));

        onset.HasBegun.ShouldBeFalse();
    }

    private static short[] Sound(int level, int samples) => [.. Enumerable.Range(0, samples).Select(i => (short)(i % 2 == 0 ? level : -level))];
}
