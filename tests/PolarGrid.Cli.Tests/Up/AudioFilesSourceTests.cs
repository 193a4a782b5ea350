using PolarGrid.Cli.Up;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class AudioFilesSourceTests
{
    [Fact]
    public void What_is_missing_is_one_line_each()
    {
        var offers = new AudioFilesSource(["libsndfile is not installed."], null).Find().Cast<SpeechOffer.Missing>();
        offers.Select(offer => offer.Reason).ShouldBe(
            ["audio files: libsndfile is not installed.", "m4a, mp4, webm, aac: ffmpeg is not installed (Debian package ffmpeg)."]);
    }

    [Fact]
    public void Where_all_is_there_nothing_is_said() => new AudioFilesSource([], "ffmpeg").Find().ShouldBeEmpty();
}
