using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Commands;

/// <summary><c>polargrid speak</c>, <c>transcribe</c> and <c>voices</c> against a running server.</summary>
[Collection(ServerCollection.Name)]
public sealed class SpeechCommandTests(ServerFixture fixture)
{
    [SpeechFact]
    public async Task What_is_spoken_into_a_file_is_heard_again()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "counted.mp3");

        var spoken = await RunAsync("speak", "one two three four five six", "-o", file, "--voice", "rms");

        spoken.ExitCode.ShouldBe(0, spoken.Error);
        spoken.Output.ShouldContain("KiB of mp3, voice rms of flite");
        File.Exists(file + ".part").ShouldBeFalse();

        var heard = await RunAsync("transcribe", file);
        heard.ExitCode.ShouldBe(0, heard.Error);
        heard.Error.ShouldBeEmpty();
        heard.Output.Trim().ShouldBe("one two three four five six");
    }

    [SpeechFact]
    public async Task The_end_of_the_name_is_the_format_and_subtitles_can_be_written_to_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a.wav");
        var subtitles = Path.Combine(folder.Path, "a.srt");

        (await RunAsync("speak", "hello there", "-o", file)).ExitCode.ShouldBe(0);
        var heard = await RunAsync("transcribe", file, "--format", "srt", "-o", subtitles);

        (await File.ReadAllBytesAsync(file))[..4].ShouldBe("RIFF"u8.ToArray());
        heard.ExitCode.ShouldBe(0, heard.Error);
        heard.Output.ShouldBeEmpty();
        (await File.ReadAllLinesAsync(subtitles))[1].ShouldContain(" --> ");
    }

    [SpeechFact]
    public async Task A_refusal_is_one_line_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a.mp3");

        var result = await RunAsync("speak", "hello", "-o", file, "--voice", "nobody");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("'nobody'");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [SpeechFact]
    public async Task Voices_are_listed_with_the_names_they_answer_to()
    {
        var result = await RunAsync("voices");

        result.ExitCode.ShouldBe(0);
        var line = result.Output.Split('\n').Single(line => line.StartsWith("slt", StringComparison.Ordinal));
        line.ShouldContain("flite");
        line.ShouldContain("alloy");
    }

    [Fact]
    public async Task A_missing_recording_is_one_line()
    {
        var result = await PolarGridCommand.RunAsync(fixture.Home, ServerFixture.Key, "transcribe", "no-such-file.wav");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("no-such-file.wav");
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => PolarGridCommand.RunAsync(
        fixture.Home, ServerFixture.Key, [.. arguments, "--url", fixture.Server.Url.GetLeftPart(UriPartial.Authority)]);
}
