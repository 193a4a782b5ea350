using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Text;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Speech.Text;

public sealed class SpeechTextTests
{
    private static readonly SynthesizerDescription English = new()
    {
        Id = "flite", Engine = "flite", SampleRate = 16_000, Voices = [new Voice("slt", "en-US")], Reads = TextForm.PlainEnglish,
    };

    [Theory]
    [InlineData("Hello.", "Hello.")]
    [InlineData("  Hello \t  world.  ", "Hello world.")]
    [InlineData("one\u0000two\u0007 three\u001b[0m", "onetwo three[0m")]
    [InlineData("zero\u200bwidth\u00ad and \ufeffmarks\u202e", "zerowidth and marks")]
    [InlineData("I \u2764\ufe0f you \ud83d\ude00!", "I you !")]
    [InlineData("a lone \ud83d surrogate", "a lone surrogate")]
    [InlineData("\u201cquoted\u201d and it\u2019s fine\u2026", "\"quoted\" and it's fine...")]
    [InlineData("e\u0301te\u0301", "\u00e9t\u00e9")]
    [InlineData("\uff21\uff22\uff11", "AB1")]
    [InlineData("\ud835\udc01old", "Bold")]
    [InlineData("what?????!!!!", "what?!")]
    [InlineData("dots......", "dots...")]
    [InlineData("**bold** and _thin_ and `code`", "bold and thin and code")]
    [InlineData("snake_case stays, 2 * 3 too", "snake_case stays, 2 * 3 too")]
    [InlineData("# Title\nText", "Title\nText")]
    [InlineData("[the page](https://example.com/a) is up", "the page is up")]
    [InlineData("<b>fat</b> but 1 < 2 and 3 > 2", "fat but 1 < 2 and 3 > 2")]
    [InlineData("if a <b and c> d", "if a <b and c> d")]
    [InlineData("Dear <Name>, take a List<String>", "Dear <Name>, take a List<String>")]
    [InlineData("<?xml version=\"1.0\"?><speak>Hi <break time=\"1s\"/><say-as interpret-as='date'>now</say-as></speak>", "Hi now")]
    [InlineData("<note>kept</note> and <video controls>film</video>", "kept and film")]
    [InlineData("a <mstts:express-as style=\"sad\">b</mstts:express-as>", "a b")]
    [InlineData("\u0662\u0660\u0662\u0664, \u096b and \uff17", "2024, 5 and 7")]
    [InlineData("\u00b2", "\u00b2")]
    [InlineData("\u2460", "\u2460")]
    [InlineData("\u2167", "\u2167")]
    [InlineData("above\r\n---\r\nbelow\n===", "above\nbelow")]
    [InlineData("a -- b\n--\n:--|--:\nc", "a -- b\nc")]
    [InlineData("line one<br/>line two", "line one line two")]
    [InlineData("salt &amp; pepper", "salt & pepper")]
    [InlineData("a line that goes on\nin the next one", "a line that goes on in the next one")]
    [InlineData("first.\nSecond.\r\n\r\nThird", "first.\nSecond.\nThird")]
    [InlineData("- milk\n- eggs", "milk\neggs")]
    [InlineData("| a | b |\n|---|---|\n| c | d |", "a, b\nc, d")]
    [InlineData("above\n\n---\n\nbelow", "above\nbelow")]
    [InlineData("```csharp\nvar x = 1;\n```", "var x = 1;")]
    public void What_nobody_says_falls_away(string input, string expected)
    {
        var (text, error) = SpeechText.Clean(input);

        error.ShouldBeNull();
        text.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("...!?")]
    [InlineData("\ud83d\ude00\ud83d\ude80")]
    [InlineData("\u0000\u0001\u001b")]
    [InlineData("<br>")]
    [InlineData("----\n****")]
    public void Without_a_letter_or_digit_there_is_nothing_to_say(string input)
    {
        var (text, error) = SpeechText.Clean(input);

        text.ShouldBeNull();
        error!.Code.ShouldBe(SpeechErrorCode.NothingToSay);
        error.Message.ShouldContain("'input'");
    }

    [Fact]
    public void A_hundred_marks_on_one_letter_become_few()
    {
        var (text, _) = SpeechText.Clean("a" + new string('\u0316', 100) + "b");

        text!.Length.ShouldBeLessThan(8);
        text.ShouldEndWith("b");
    }

    [Fact]
    public void A_model_that_reads_written_text_gets_it_unspelled() =>
        SpeechText.Prepare("It costs \u20ac5 \u2014 \u4f60\u597d.", English with { Reads = TextForm.Written }).Pieces
            .ShouldBe(["It costs \u20ac5 \u2014 \u4f60\u597d."]);

    [Theory]
    [InlineData("Visit https://example.com/test for more.", "Visit example dot com slash test for more.")]
    [InlineData("Mail john.doe@example.com now.", "Mail john dot doe at example dot com now.")]
    [InlineData("It cost $45.50 on 2024-03-03 at 10\u00b0C.", "It cost 45 dollars and 50 cents on March 3, twenty twenty four at 10 degrees Celsius.")]
    [InlineData("Call 1-800-555-0199 or (212) 555-0142.", "Call 1, 8 0 0, 5 5 5, 0 1 9 9 or 2 1 2, 5 5 5, 0 1 4 2.")]
    [InlineData("50 km/h & 5 kg, e.g. today", "50 kilometers per hour and 5 kilograms, for example today")]
    [InlineData("a na\u00efve caf\u00e9 in M\u00fcnchen \u2014 \u03c0", "a na\u00efve caf\u00e9 in M\u00fcnchen, pi")]
    public void A_neural_voice_of_English_gets_signs_as_words_and_accents_as_they_are(string input, string expected) =>
        SpeechText.Prepare(input, English with { Reads = TextForm.Written }, new Voice("a", "en-GB")).Pieces.ShouldBe([expected]);

    [Theory]
    [InlineData("\u041f\u0440\u0438\u0432\u0435\u0442.", "Cyrillic")]
    [InlineData("Hello \u4f60\u597d.", "Chinese or Japanese")]
    public void A_neural_voice_of_English_refuses_scripts_that_it_would_spell_out(string input, string script)
    {
        var (_, error) = SpeechText.Prepare(input, English with { Reads = TextForm.Written }, new Voice("a", "en"));

        error!.Code.ShouldBe(SpeechErrorCode.InvalidSetting);
        error.Message.ShouldContain(script);
    }

    [Fact]
    public void A_neural_voice_of_another_language_reads_by_itself() =>
        SpeechText.Prepare("Das kostet 5 \u20ac. \u4f60\u597d", English with { Reads = TextForm.Written }, new Voice("a", "de")).Pieces
            .ShouldBe(["Das kostet 5 \u20ac.", "\u4f60\u597d"]);

    [Fact]
    public void A_script_that_the_voice_cannot_speak_is_refused_before_the_first_sound()
    {
        var (pieces, error) = SpeechText.Prepare("This is fine. But \u4f60\u597d is not.", English);

        pieces.ShouldBeEmpty();
        error!.Code.ShouldBe(SpeechErrorCode.InvalidSetting);
        error.Stage.ShouldBe(SpeechStage.Prepare);
        error.Message.ShouldContain("Chinese or Japanese");
        error.Message.ShouldContain("U+4F60");
        error.Message.ShouldContain("'flite'");
    }

    [Fact]
    public void Pieces_that_are_spelled_out_stay_within_the_limit()
    {
        var (pieces, _) = SpeechText.Prepare(string.Join(" ", Enumerable.Repeat("https://a.b-c.example.com/x/y/z?q=1&r=2", 12)), English);

        pieces.ShouldAllBe(piece => piece.Length <= PieceLimits.Default.Most);
        string.Join(" ", pieces).Split("question mark").Length.ShouldBe(13);
    }

    [Fact]
    public void Digits_of_every_script_are_read_like_those_of_ASCII()
    {
        SpeechText.Prepare("In 20\u0662\u0664 at \u0663:00.", English).Pieces.ShouldBe(["In twenty twenty four at 3 o'clock."]);

        var random = new Random(5);
        var digits = Enumerable.Range(0, 0x10000).Select(value => (char)value).Where(char.IsDigit).ToArray();
        digits.Length.ShouldBeGreaterThan(300);
        string[] forms = ["00:00", "2000-00-00", "In 2000 we", "1900s", "$0.00", "00 km", "1/2/2000", "\u00200\u20130", "v0.0.0", "-0\u00b0"];
        for (var round = 0; round < 2000; round++)
        {
            var form = forms[random.Next(forms.Length)];
            var digit = random.GetItems(digits, form.Length);
            var foreign = string.Concat(form.Select((c, at) => char.IsAsciiDigit(c) && random.Next(3) > 0 ? digit[at] : c));
            var ascii = string.Concat(foreign.Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));

            SpeechText.Prepare(foreign, English).Pieces.ShouldBe(SpeechText.Prepare(ascii, English).Pieces, foreign);
        }
    }

    [Fact]
    public void Random_text_never_throws_and_gives_ascii_pieces_within_the_limit()
    {
        var random = new Random(7);
        var alphabet = "ab Z09.,!?;:'\"()[]{}<>*_#|\\/~^&%$@+=-\n\r\t\u00e9\u00df\u20ac\u00bd\u2014\u2026\ud83d\ude00\u0301\u200b\u00b0\u03c0".ToCharArray();
        for (var round = 0; round < 3000; round++)
        {
            var input = new string(random.GetItems(alphabet, random.Next(0, 600)));
            var (pieces, error) = SpeechText.Prepare(input, English);

            if (error is not null) continue;
            foreach (var piece in pieces)
            {
                piece.Length.ShouldBeInRange(1, PieceLimits.Default.Most, input);
                piece.ShouldAllBe(c => c >= ' ' && c <= '~', input);
                piece.Any(char.IsAsciiLetterOrDigit).ShouldBeTrue(input);
            }
        }
    }
}
