using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Commands;

/// <summary>A server that cannot start says why in one line and ends with 1.</summary>
public sealed class StartFailureTests : IDisposable
{
    private const string Key = "pg_start-failures-0123456789";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_model_path_that_is_not_there_is_named() =>
        (await FailAsync("--model", "tiny=nowhere/model.gguf")).ShouldContain("nowhere/model.gguf");

    [Fact]
    public async Task Thirty_seven_bytes_of_garbage_are_no_model()
    {
        var garbage = new byte[37];
        new Random(37).NextBytes(garbage);

        (await FailAsync("--model", $"tiny={folder.File("garbage.gguf", garbage)}")).ShouldContain("garbage.gguf");
    }

    [Fact]
    public async Task An_empty_file_is_no_model() => (await FailAsync("--model", $"tiny={folder.File("empty.gguf", [])}")).ShouldContain("empty.gguf");

    [ModelFact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        (await FailAsync([.. TestModel.Arguments, "--urls", $"http://127.0.0.1:{port}"])).ShouldContain(port);
    }

    [Theory]
    [InlineData("--threads", "0", "between 1 and 512")]
    [InlineData("--threads", "many", "many")]
    [InlineData("--context", "5", "between 64 and")]
    [InlineData("--parallel", "1000", "between 1 and 128")]
    [InlineData("--urls", "nonsense", "nonsense")]
    [InlineData("--profile", "mine", "mine")]
    [InlineData("--alias", "half", "half")]
    public async Task A_bad_value_is_named(string option, string value, string said) => (await FailAsync(option, value)).ShouldContain(said);

    [Fact]
    public async Task A_bootstrap_key_of_the_wrong_form_is_refused_without_showing_it()
    {
        var line = await FailWithKeyAsync("sk-not-of-ours-0123456789", "--model", $"tiny={folder.File("empty.gguf", [])}");

        line.ShouldContain("pg_");
        line.ShouldNotContain("sk-not-of-ours");
    }

    [ModelFact]
    public async Task An_alias_for_a_model_that_is_not_served_is_named() =>
        (await FailAsync([.. TestModel.Arguments, "--alias", "gpt-4o=nothing"])).ShouldContain("nothing");

    [ModelFact]
    public async Task An_alias_that_is_taken_is_named() =>
        (await FailAsync([.. TestModel.Arguments, "--alias", $"{TestModel.Name}={TestModel.Name}"])).ShouldContain(TestModel.Name);

    [ModelFact]
    public async Task An_alias_that_is_given_twice_is_named() =>
        (await FailAsync([.. TestModel.Arguments, "--alias", $"one={TestModel.Name}", "--alias", $"one={TestModel.Name}"])).ShouldContain("--alias one");

    [Fact]
    public async Task A_data_folder_without_its_secret_is_not_used()
    {
        (await PolarGridCommand.RunAsync(folder.Path, null, "keys", "create", "somebody")).ExitCode.ShouldBe(0);
        foreach (var file in Directory.GetFiles(folder.Path).Where(file => !Path.GetFileName(file).StartsWith("polargrid.db", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        (await FailAsync()).ShouldContain(folder.Path);
    }

    private Task<string> FailAsync(params string[] arguments) => FailWithKeyAsync(Key, arguments);

    private async Task<string> FailWithKeyAsync(string key, params string[] arguments)
    {
        var result = await PolarGridCommand.RunAsync(folder.Path, key, ["up", .. arguments]);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldNotContain("PolarGrid listens");
        (result.Output + result.Error).ShouldNotContain("   at ", customMessage: "no stack trace");
        return result.ErrorLines.ShouldHaveSingleItem();
    }
}
