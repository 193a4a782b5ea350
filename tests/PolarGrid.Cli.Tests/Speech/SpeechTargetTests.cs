using PolarGrid.Cli.Speech;
using Shouldly;

namespace PolarGrid.Cli.Tests.Speech;

public sealed class SpeechTargetTests
{
    private static readonly string[] Formats = ["mp3", "opus", "aac", "flac", "wav", "pcm"];

    [Theory]
    [InlineData(null, null, false, "speech.mp3", "mp3")]
    [InlineData(null, "flac", false, "speech.flac", "flac")]
    [InlineData(null, null, true, null, "mp3")]
    [InlineData(null, "wav", true, null, "wav")]
    [InlineData("-", "wav", false, null, "wav")]
    [InlineData("a/b.wav", null, false, "a/b.wav", "wav")]
    [InlineData("b.WAV", null, true, "b.WAV", "wav")]
    [InlineData("b.ogg", null, false, "b.ogg", "opus")]
    [InlineData("b.wav", "mp3", false, "b.wav", "mp3")]
    [InlineData("b.m4a", "aac", false, "b.m4a", "aac")]
    [InlineData("b", null, false, "b", "mp3")]
    public void File_and_format_follow_from_what_was_said(string? output, string? format, bool isRedirected, string? file, string expected) =>
        SpeechTarget.Of(output, format, Formats, isRedirected).ShouldBe((new SpeechTarget(file, expected), null));

    [Theory]
    [InlineData("x.m4a", "'.m4a'")]
    [InlineData("a.b/x.TXT", "'.txt'")]
    public void An_ending_of_no_known_format_is_refused_unless_the_format_is_said(string output, string named)
    {
        var (target, mistake) = SpeechTarget.Of(output, null, Formats, isRedirected: false);

        target.ShouldBeNull();
        mistake.ShouldNotBeNull().ShouldContain(named);
        mistake.ShouldContain("--format");
        mistake.ShouldContain("flac");
    }
}
