using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Commands;

/// <summary><c>polargrid chat</c> against a running server.</summary>
[Collection(ServerCollection.Name)]
public sealed class ChatCommandTests(ServerFixture fixture)
{
    [ModelFact]
    public async Task A_question_gets_an_answer()
    {
        var result = await ChatAsync("What is the capital of France?", "--temperature", "0", "--max-tokens", "20");

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        result.Output.Trim().ShouldNotBeEmpty();
    }

    [ModelFact]
    public async Task A_refusal_is_one_line()
    {
        var result = await ChatAsync("Hello", "--temperature", "9");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("temperature");
    }

    [ModelFact]
    public async Task A_wrong_model_is_one_line_that_names_it()
    {
        var result = await ChatAsync("Hello", "--model", "gpt-17");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("gpt-17");
    }

    [Fact]
    public async Task Nobody_listening_is_one_line()
    {
        using var home = new TemporaryFolder();

        var result = await PolarGridCommand.RunAsync(home.Path, ServerFixture.Key, "chat", "Hello", "--url", "http://127.0.0.1:9");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("127.0.0.1:9");
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("ftp://127.0.0.1")]
    public async Task What_is_no_address_is_one_line(string url)
    {
        using var home = new TemporaryFolder();

        var result = await PolarGridCommand.RunAsync(home.Path, ServerFixture.Key, "chat", "Hello", "--url", url);

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain(url);
    }

    [Fact]
    public async Task Without_a_key_it_says_how_to_give_one()
    {
        using var home = new TemporaryFolder();

        var result = await PolarGridCommand.RunAsync(home.Path, null, "chat", "Hello");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("--key");
    }

    private Task<CommandResult> ChatAsync(params string[] arguments) => PolarGridCommand.RunAsync(
        fixture.Home, ServerFixture.Key, ["chat", .. arguments, "--url", fixture.Server.Url.GetLeftPart(UriPartial.Authority)]);
}
