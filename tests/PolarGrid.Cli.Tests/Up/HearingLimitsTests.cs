using PolarGrid.Cli.Up;
using PolarGrid.Edge.Transcription;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class HearingLimitsTests
{
    [Fact]
    public void What_was_not_asked_for_stays_as_it_is()
    {
        var options = new TranscriptionOptions();
        new HearingLimits().ApplyTo(options);

        options.ShouldBeEquivalentTo(new TranscriptionOptions());
    }

    [Fact]
    public void Every_limit_is_set()
    {
        var options = new TranscriptionOptions();
        new HearingLimits { MaxAudioMinutes = 10, MaxUploadMb = 3, LiveSeconds = 7, LiveSessions = 5 }.ApplyTo(options);

        (options.MaxAudioSeconds, options.MaxFileBytes, options.MaxLiveSeconds, options.MaxLiveSessions).ShouldBe((600, 3 << 20, 7, 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1440)]
    public void The_longest_recording_fits_into_what_all_may_hold(int minutes)
    {
        var options = new TranscriptionOptions();
        new HearingLimits { MaxAudioMinutes = minutes }.ApplyTo(options);

        options.MaxAudioSecondsTogether.ShouldBeGreaterThanOrEqualTo(options.MaxAudioSeconds);
        options.MaxJobAudioSecondsTogether.ShouldBeGreaterThanOrEqualTo(options.MaxAudioSeconds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public void The_largest_file_fits_beside_all_that_jobs_may_hold(int mb)
    {
        var options = new TranscriptionOptions();
        new HearingLimits { MaxUploadMb = mb }.ApplyTo(options);

        options.MaxJobBytesOfKey.ShouldBeGreaterThanOrEqualTo(options.MaxFileBytes);
        options.MaxFileBytesTogether.ShouldBeGreaterThanOrEqualTo(options.MaxJobBytesTogether + options.MaxFileBytes);
    }
}
