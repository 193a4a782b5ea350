using PolarGrid.Engine.Speech.Text;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Speech.Text;

public sealed class SentenceSplitterTests
{
    // Sentences stay apart, so that the tests see each of them.
    private static readonly PieceLimits Apart = new(First: 100, Good: 1, Most: 400);

    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("Dr. Smith met Mr. Jones. They spoke.", "Dr. Smith met Mr. Jones.|They spoke.")]
    [InlineData("Take fruit, e.g. Apples or so. Then go.", "Take fruit, e.g. Apples or so.|Then go.")]
    [InlineData("Pi is 3.14 or so. Yes.", "Pi is 3.14 or so.|Yes.")]
    [InlineData("At 5 p.m. we left. At 6 p.m. They left.", "At 5 p.m. we left.|At 6 p.m.|They left.")]
    [InlineData("J. R. R. Tolkien wrote it. I did not.", "J. R. R. Tolkien wrote it.|I did not.")]
    [InlineData("So did I. You too.", "So did I.|You too.")]
    [InlineData("Well... maybe. Well... No.", "Well... maybe.|Well...|No.")]
    [InlineData("\"Stop!\" he said. \"Why?\" She ran.", "\"Stop!\" he said.|\"Why?\"|She ran.")]
    [InlineData("He left (at last.) Then came peace.", "He left (at last.)|Then came peace.")]
    [InlineData("See no. 5 and No. 7 on p. 12. Done.", "See no. 5 and No. 7 on p. 12.|Done.")]
    [InlineData("He said no. We left.", "He said no.|We left.")]
    [InlineData("On Jan. 5 it rained. In Mar. it did not.", "On Jan. 5 it rained.|In Mar. it did not.")]
    [InlineData("Bread, eggs, etc. were there. Bread, etc. Then milk.", "Bread, eggs, etc. were there.|Bread, etc.|Then milk.")]
    [InlineData("Visit example.com today. Thanks.", "Visit example.com today.|Thanks.")]
    [InlineData("Was it 1999? 2000 came.", "Was it 1999?|2000 came.")]
    [InlineData("1. Wash. 2. Dry.", "1. Wash.|2. Dry.")]
    [InlineData("\u4f60\u597d\u3002\u6211\u5f88\u597d\uff01\u4f60\u5462\uff1f", "\u4f60\u597d\u3002|\u6211\u5f88\u597d\uff01|\u4f60\u5462\uff1f")]
    [InlineData("\u300c\u306f\u3044\u3002\u300d\u305d\u3046\u3067\u3059\u3002", "\u300c\u306f\u3044\u3002\u300d|\u305d\u3046\u3067\u3059\u3002")]
    [InlineData("\u00bfQu\u00e9? \u00a1Nada! Bien.", "\u00bfQu\u00e9?|\u00a1Nada!|Bien.")]
    [InlineData("Wait?! No way!! Yes.", "Wait?!|No way!!|Yes.")]
    [InlineData("A title\nA text. More", "A title|A text.|More")]
    [InlineData("no end at all", "no end at all")]
    public void Sentences_end_where_people_hear_it(string text, string expected) =>
        SentenceSplitter.Split(text, Apart).ShouldBe(expected.Split('|'));

    [Fact]
    public void Short_sentences_are_spoken_together_except_for_the_first()
    {
        var pieces = SentenceSplitter.Split("One is here. Two is here. Three is here. Four is here.", new PieceLimits(20, 30, 400));

        pieces.ShouldBe(["One is here.", "Two is here. Three is here.", "Four is here."]);
    }

    [Fact]
    public void Paragraphs_are_never_joined() =>
        SentenceSplitter.Split("One.\nTwo.\nThree.\nFour.").ShouldBe(["One.", "Two.", "Three.", "Four."]);

    [Fact]
    public void A_long_first_sentence_is_cut_at_a_comma_so_that_audio_begins_early()
    {
        var pieces = SentenceSplitter.Split(
            "When the sun rose over the quiet hills of the north, nobody in the village knew that this was the day on which the river would come back to its old bed and stay.",
            new PieceLimits(100, 200, 400));

        pieces[0].ShouldBe("When the sun rose over the quiet hills of the north,");
        pieces.Count.ShouldBe(2);
    }

    [Fact]
    public void Without_a_comma_it_is_cut_at_a_space() =>
        SentenceSplitter.Split(string.Join(' ', Enumerable.Repeat("word", 60)), new PieceLimits(20, 50, 50))
            .ShouldAllBe(piece => piece.Split(' ', StringSplitOptions.None).All(word => word == "word"));

    [Fact]
    public void Only_a_word_longer_than_the_limit_is_cut_inside()
    {
        var pieces = SentenceSplitter.Split("short " + new string('x', 95) + " end", new PieceLimits(20, 40, 40));

        pieces.ShouldBe(["short", new string('x', 40), new string('x', 40), new string('x', 15) + " end"]);
    }

    [Fact]
    public void A_cut_never_tears_a_letter_from_its_marks_or_a_pair_apart()
    {
        var pieces = SentenceSplitter.Split(string.Concat(Enumerable.Repeat("\ud83d\ude00a\u0301", 50)), new PieceLimits(20, 21, 21));

        pieces.ShouldAllBe(piece => !char.IsLowSurrogate(piece[0]) && piece[0] != '\u0301');
    }

    [Fact]
    public void Every_word_survives_and_no_piece_is_too_long()
    {
        var random = new Random(11);
        string[] words = ["a", "Dr.", "e.g.", "3.14", "end.", "what?", "yes!", "\"no\"", "(so)", "well,", "then;", "I", "U.S.", "word", "longerword", "x\n", "\u4f60\u597d\u3002", new string('y', 60), "..."];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Join(' ', random.GetItems(words, random.Next(1, 80)));
            var most = random.Next(20, 120);
            var limits = new PieceLimits(First: random.Next(20, most + 1), Good: random.Next(1, most + 1), most);

            var pieces = SentenceSplitter.Split(text, limits);

            Signs(string.Concat(pieces)).ShouldBe(Signs(text));
            pieces.ShouldAllBe(piece => piece.Length >= 1 && piece.Length <= most && piece.Trim() == piece);
            pieces[0].Length.ShouldBeLessThanOrEqualTo(limits.First);
            foreach (var word in string.Join(' ', pieces).Split(' ')) (words.Any(known => known.Trim() == word) || word.Contains('y', StringComparison.Ordinal)).ShouldBeTrue(word);
        }
    }

    [Fact]
    public void Limits_that_contradict_each_other_are_a_bug() =>
        Should.Throw<ArgumentOutOfRangeException>(() => SentenceSplitter.Split("Hi.", new PieceLimits(100, 200, 150)));

    private static string Signs(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
