using PolarGrid.Cli.Up;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class SpeechNamesTests
{
    private static readonly string[] Usual = ["tts-1", "tts-1-hd"];

    [Fact]
    public void A_model_that_asks_for_a_usual_name_gets_it_and_the_first_keeps_the_others()
    {
        var names = Names([], ("flite", []), ("kokoro", ["tts-1"]));
        names.Next().ShouldBe(["tts-1-hd"]);
        names.Next().ShouldBe(["tts-1"]);
        names.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void The_operator_comes_before_what_a_model_asks_for()
    {
        var names = Names([new AliasArgument("tts-1", "flite")], ("flite", []), ("kokoro", ["tts-1"]));
        names.Next().ShouldBe(["tts-1", "tts-1-hd"]);
        names.Next().ShouldBe([]);
        names.Notes.ShouldHaveSingleItem().ShouldBe("the name 'tts-1' for 'kokoro': 'flite' has it.");
    }

    [Fact]
    public void Of_two_models_that_ask_for_one_name_the_earlier_gets_it()
    {
        var names = Names([], ("a", ["voice"]), ("b", ["voice"]));
        names.Next().ShouldBe(["voice", "tts-1", "tts-1-hd"], ignoreOrder: true);
        names.Next().ShouldBe([]);
        names.Notes.ShouldHaveSingleItem().ShouldContain("for 'b': 'a' has it");
    }

    [Fact]
    public void A_name_of_another_model_is_not_given()
    {
        var names = Names([], ("flite", []), ("kokoro", ["flite"]));
        names.Next();
        names.Next().ShouldBe([]);
        names.Notes.ShouldHaveSingleItem().ShouldContain("'flite' has it");
    }

    [Fact]
    public void A_second_model_of_the_same_name_is_left_out()
    {
        var names = Names([], ("flite", []), ("flite", []));
        names.Next().ShouldNotBeNull();
        names.Next().ShouldBeNull();
        names.Notes.ShouldHaveSingleItem().ShouldContain("a second model 'flite'");
    }

    [Fact]
    public void A_model_may_ask_for_what_it_would_get_anyway()
    {
        var names = Names([], ("kokoro", ["tts-1", "tts-1-hd"]));
        names.Next().ShouldBe(["tts-1", "tts-1-hd"]);
        names.Notes.ShouldBeEmpty();
    }

    private static SpeechNames Names(AliasArgument[] operators, params (string, IReadOnlyList<string>)[] models) => new(operators, Usual, models);
}
