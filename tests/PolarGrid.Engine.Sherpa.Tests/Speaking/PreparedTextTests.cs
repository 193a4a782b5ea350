using System.Text;
using PolarGrid.Engine.Sherpa.Speaking;
using PolarGrid.Engine.Speech;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Speaking;

public sealed class PreparedTextTests
{
    private static readonly HashSet<int> Letters = [.. "abcdefghijklmnopqrstuvwxyzäß ',.?".Select(letter => (int)letter)];

    [Theory]
    [InlineData("Hello, World.", "hello, world.")]
    [InlineData("don’t—stop", "don't,stop")]
    [InlineData("\u201Cquoted\u201D", "quoted")]
    [InlineData("über", null)]
    [InlineData("ÄSSE", "ässe")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("wait…", "wait.")]
    [InlineData("100%", null)]
    [InlineData("👍 ok", "ok")]
    public void Characters_are_brought_into_the_models_alphabet(string text, string? expected)
    {
        var fitted = CharacterText.Fit(text, Letters, dropsLoneTail: false);
        if (expected is null) fitted.Error.ShouldNotBeNull().Code.ShouldBe(SpeechErrorCode.InvalidSetting);
        else string.Concat(fitted.Parts).ShouldBe(expected);
    }

    [Fact]
    public void Only_so_many_unknown_letters_are_named()
    {
        var message = CharacterText.Fit("0123456789", Letters, false).Error.ShouldNotBeNull().Message;
        message.ShouldContain("'0' (U+0030)");
        message.ShouldContain("and 2 more");
    }

    [Theory]
    [InlineData("a", "a ")]
    [InlineData("one. a", "one. a")]
    [InlineData("one.a", "one.a ")]
    [InlineData("ab", "ab")]
    public void A_lone_character_gets_a_space_where_the_library_would_drop_it(string text, string expected) =>
        CharacterText.Fit(text, Letters, dropsLoneTail: true).Parts.ShouldHaveSingleItem().ShouldBe(expected);

    [Fact]
    public void Signs_that_are_no_writing_are_left_out_of_what_is_phonemised()
    {
        PhonemeText.Fit("I ❤️ you \u0007\u200D👩‍🚀!").Parts.ShouldHaveSingleItem().ShouldBe("I  you !");
        PhonemeText.Fit("100 € is 5 % more").Parts.ShouldHaveSingleItem().ShouldBe("100 € is 5 % more");
    }

    [Fact]
    public void A_long_text_is_cut_behind_sentences_then_commas_then_words()
    {
        var sentence = "This is a sentence of some length, and it goes on for a while.";
        var parts = PhonemeText.Fit(string.Join(' ', Enumerable.Repeat(sentence, 8))).Parts;
        parts.Count.ShouldBeGreaterThan(2);
        parts.ShouldAllBe(part => part.EndsWith('.'));
        string.Join(' ', parts).ShouldBe(string.Join(' ', Enumerable.Repeat(sentence, 8)));
    }

    [Theory]
    [InlineData("ä")]
    [InlineData("𝔘")]
    [InlineData("日")]
    [InlineData("7 ")]
    public void No_part_is_heavier_than_a_model_can_take_and_nothing_is_lost(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 700));
        var parts = TextCut.At(text, 100, rune => rune.Value == ' ' ? 1 : 12).ToList();
        parts.ShouldAllBe(part => part.EnumerateRunes().Sum(rune => rune.Value == ' ' ? 1 : 12) <= 100);
        string.Concat(parts).Replace(" ", "", StringComparison.Ordinal).ShouldBe(text.Replace(" ", "", StringComparison.Ordinal));
        parts.ShouldAllBe(part => !part.EnumerateRunes().Contains(Rune.ReplacementChar));
    }

    [Theory]
    [InlineData("en-GB", "en-US", true)]
    [InlineData("en", "en-GB", true)]
    [InlineData("en-US", "fr", false)]
    public void A_voice_speaks_its_language_whatever_the_region(string voice, string asked, bool speaks) => EspeakVoice.Speaks(voice, asked).ShouldBe(speaks);

    [Fact]
    public void The_phonemiser_gets_the_name_that_its_folder_knows()
    {
        using var folder = new ModelFolder();
        foreach (var file in (string[])["gmw/en", "gmw/en-US", "roa/fr", "roa/pt-BR", "sit/cmn"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At($"lang/{file}"))!);
            File.WriteAllText(folder.At($"lang/{file}"), "");
        }

        string? Name(string language) => EspeakVoice.For(folder.Path, language);
        (Name("en-US"), Name("en-GB"), Name("en"), Name("fr-FR"), Name("fr"), Name("pt-BR"), Name("zh"), Name("de"))
            .ShouldBe(("en-us", "en", "en-us", "fr", "fr", "pt-br", "cmn", null));
        EspeakVoice.For(folder.At("nowhere"), "en").ShouldBeNull();
    }
}
