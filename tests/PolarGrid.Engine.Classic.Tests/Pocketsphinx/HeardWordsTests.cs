using PolarGrid.Engine.Classic.Pocketsphinx;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests.Pocketsphinx;

public sealed class HeardWordsTests
{
    [Theory]
    [InlineData("<s> the read(2) [NOISE] book ++NOISE++ <sil> </s>", "the read book")]
    [InlineData("i think i'm here(3)", "I think I'm here")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("<sil>", "")]
    public void Marks_are_no_words(string? hypothesis, string expected) => HeardWords.Join(hypothesis).ShouldBe(expected);
}
