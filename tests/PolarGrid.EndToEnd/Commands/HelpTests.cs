using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Commands;

/// <summary>Help that a person can learn from.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Help_names_every_command_and_how_to_begin()
    {
        var help = await HelpAsync();

        foreach (var command in (string[])["up", "chat", "speak", "transcribe", "voices", "keys"]) help.ShouldContain($"  {command} ");
        help.ShouldContain("polargrid up");
    }

    [Theory]
    [InlineData("up", "--urls", "--model", "--alias", "--threads", "--context", "--kv-tokens", "--parallel", "--profile", "--log-format")]
    [InlineData("up", "POLARGRID_HOME", "POLARGRID_BOOTSTRAP_KEY", "OTEL_EXPORTER_OTLP_ENDPOINT", "NAME=PATH", "http://127.0.0.1:8080")]
    [InlineData("chat", "question", "--url", "--key", "--model", "--system", "--max-tokens", "--temperature", "POLARGRID_API_KEY")]
    [InlineData("up", "--speech-engines", "--speech-threads", "--no-speech")]
    [InlineData("speak", "text", "--output", "--model", "--voice", "--format", "--speed", "--url", "--key")]
    [InlineData("transcribe", "file", "--output", "--format", "--model", "--language", "--prompt", "--url", "--key")]
    [InlineData("voices", "--model", "--url", "--key")]
    [InlineData("keys", "create", "list", "revoke")]
    public async Task Help_of_a_command_names_every_option(string command, params string[] named)
    {
        var help = await HelpAsync(command);

        foreach (var option in named) help.ShouldContain(option);
    }

    private static async Task<string> HelpAsync(params string[] command)
    {
        using var home = new TemporaryFolder();
        var result = await PolarGridCommand.RunAsync(home.Path, null, [.. command, "--help"]);
        result.ExitCode.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        return result.Output;
    }
}
