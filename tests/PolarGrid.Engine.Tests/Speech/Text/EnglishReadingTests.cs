using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Text;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Speech.Text;

public sealed class EnglishReadingTests
{
    [Theory]
    [InlineData("Nothing to do here, Dr. Smith.", "Nothing to do here, Dr. Smith.")]
    [InlineData("It costs $3.50.", "It costs 3 dollars and 50 cents.")]
    [InlineData("$1, $0.01 or $0.99", "1 dollar, 1 cent or 99 cents")]
    [InlineData("$5 million and \u20ac1.2bn", "5 million dollars and 1.2 billion euros")]
    [InlineData("\u00a31,200.00 or 20 \u20ac", "1,200 pounds or 20 euros")]
    [InlineData("\u00a5500", "500 yen")]
    [InlineData("On 2024-05-17 it rained.", "On May 17, twenty twenty four it rained.")]
    [InlineData("12/25/2023 and 25/12/1905", "December 25, twenty twenty three and December 25, nineteen oh five")]
    [InlineData("99/99/2023", "99/99/2023")]
    [InlineData("At 10:05am or 9:00, 9:00 p.m. or 15:45", "At 10:05 A M or 9 o'clock, 9 P M or 15:45")]
    [InlineData("In 1984, 1900 and 2007", "In nineteen eighty four, nineteen hundred and two thousand seven")]
    [InlineData("March 3rd, 2026, not 2011", "March 3rd, twenty twenty six, not twenty eleven")]
    [InlineData("In 2000, 2010 and 1812", "In two thousand, twenty ten and eighteen twelve")]
    [InlineData("the 1990s", "the nineteen nineties")]
    [InlineData("1,984 and 3.1415", "1,984 and 3.1415")]
    [InlineData("20% off & more", "20 percent off and more")]
    [InlineData("See https://www.example.com/a-b?x=1.", "See w w w dot example dot com slash a dash b question mark x equals 1.")]
    [InlineData("Mail jo.doe@example.org!", "Mail jo dot doe at example dot org!")]
    [InlineData("Open report.txt or node.js", "Open report dot txt or node dot js")]
    [InlineData("version 2.0.1 at 192.168.0.1", "version 2 point 0 point 1 at 192 point 168 point 0 point 1")]
    [InlineData("5 km, 1 kg, 60mph, 20 \u00b0C", "5 kilometers, 1 kilogram, 60 miles per hour, 20 degrees Celsius")]
    [InlineData("fruit, e.g. apples, i.e. food", "fruit, for example apples, that is food")]
    [InlineData("#1 and No. 5", "number 1 and number 5")]
    [InlineData("a + b = c", "a plus b equals c")]
    [InlineData("1 < 2 > 0", "1 less than 2 greater than 0")]
    [InlineData("and/or, either/or", "and or or, either slash or")]
    [InlineData("caf\u00e9 na\u00efve Stra\u00dfe \u0141\u00f3d\u017a \u00c6sop", "cafe naive Strasse Lodz Aesop")]
    [InlineData("wait \u2014 what", "wait, what")]
    [InlineData("pages 5\u20137", "pages 5 to 7")]
    [InlineData("\u03c0 is a number", "pi is a number")]
    [InlineData("\u00bd cup, 10\u00b2", "one half cup, 10 squared")]
    [InlineData("-5\u00b0C is cold", "minus 5 degrees Celsius is cold")]
    [InlineData("It owes -$5.00, not (-3) or COVID-19", "It owes minus 5 dollars, not (minus 3) or COVID-19")]
    [InlineData("Call (555)-1234 or 555-1234", "Call (555)-1234 or 555-1234")]
    [InlineData("1914\u20131918 and 2021\u201322", "nineteen fourteen to nineteen eighteen and twenty twenty one to 22")]
    [InlineData("$5\u2013$10 for 5\u20137 km", "5 dollars to 10 dollars for 5 to 7 kilometers")]
    [InlineData("\u20ac1,50 or 2,75 \u20ac", "1 euro and 50 cents or 2 euros and 75 cents")]
    [InlineData("\u20b91,50,000 and $1,200", "1,50,000 rupees and 1,200 dollars")]
    [InlineData("Dear <Name>, if a <b and c> d", "Dear Name, if a less than b and c greater than d")]
    [InlineData("In 20\u0662\u0664 we met at \u0663:00.", "In 20 2 4 we met at 3:00.")]
    [InlineData("\u00b2", "squared")]
    [InlineData("\u2460 and \u2167", "1 and 8")]
    [InlineData("{x} [y] |z| ^w \"q\"", "x y z w q")]
    [InlineData("\u2713 done \u2192 next", "done next")]
    public void Text_is_written_as_it_is_read_aloud(string text, string expected)
    {
        var (reading, error) = EnglishReading.Of(text, "flite");

        error.ShouldBeNull();
        reading.ShouldBe(expected);
    }

    [Theory]
    [InlineData("\u043f\u0440\u0438\u0432\u0435\u0442", "Cyrillic")]
    [InlineData("\u4f60\u597d", "Chinese or Japanese")]
    [InlineData("\u3053\u3093", "Japanese")]
    [InlineData("\uc548\ub155", "Korean")]
    [InlineData("\u0645\u0631\u062d\u0628\u0627", "Arabic")]
    [InlineData("\u03bb\u03cc\u03b3\u03bf\u03c2", "Greek")]
    public void Letters_of_other_scripts_are_refused_by_name(string text, string script)
    {
        var (reading, error) = EnglishReading.Of($"The word {text}", "flite");

        reading.ShouldBeNull();
        error!.Code.ShouldBe(SpeechErrorCode.InvalidSetting);
        error.Message.ShouldContain(script);
    }

    [Fact]
    public void Signs_alone_read_as_nothing() => EnglishReading.Of("\u2192 ... !", "flite").ShouldBe(("", null));

    // It is applied before the queue, so that a text is refused early, and again by the engine, which trusts nobody.
    [Theory]
    [InlineData("It costs $3.50, \u20ac1.2bn or 20% of \u00a31,200.00 & more.")]
    [InlineData("On 2024-05-17, 12/25/1905, at 10:05am, 9:00, 9:00 p.m. or 15:45, in the 1990s.")]
    [InlineData("See https://www.example.com/a-b?x=1 or jo.doe@example.org, version 2.0.1, #1, No. 5, e.g. 5 km at 20 \u00b0C.")]
    [InlineData("caf\u00e9 \u2014 pages 5\u20137, 1 < 2, and/or, 1/2 cup, 10/16, a + b = c \u00bd")]
    public void Reading_a_reading_changes_nothing(string text)
    {
        var (once, _) = EnglishReading.Of(text, "flite");

        EnglishReading.Of(once!, "flite").Text.ShouldBe(once);
    }
}
