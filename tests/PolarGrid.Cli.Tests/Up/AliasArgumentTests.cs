using PolarGrid.Cli.Up;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class AliasArgumentTests
{
    private readonly List<string> mistakes = [];

    [Fact]
    public void An_alias_names_a_model()
    {
        AliasArgument.ReadAll(["gpt-4o-mini=polar-tiny", " b = c "], mistakes)
            .ShouldBe([new AliasArgument("gpt-4o-mini", "polar-tiny"), new AliasArgument("b", "c")]);
        mistakes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gpt-4o-mini")]
    [InlineData("gpt-4o-mini=")]
    [InlineData("=polar-tiny")]
    [InlineData("")]
    public void Half_an_alias_is_named(string text)
    {
        AliasArgument.ReadAll([text], mistakes).ShouldBeEmpty();

        mistakes.ShouldHaveSingleItem().ShouldContain($"--alias is '{text}'");
    }

    [Fact]
    public void The_same_alias_twice_is_refused()
    {
        AliasArgument.ReadAll(["a=b", "a=c"], mistakes).ShouldHaveSingleItem();

        mistakes.ShouldHaveSingleItem().ShouldContain("--alias a is given twice");
    }

    [Fact]
    public void Only_the_first_equals_sign_divides() =>
        AliasArgument.ReadAll(["a=b=c"], mistakes).ShouldBe([new AliasArgument("a", "b=c")]);
}
