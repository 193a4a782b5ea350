using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Classic.Tests;

public sealed class WordErrorsTests
{
    [Theory]
    [InlineData("One two, three.", "one two three", 0, 3)]
    [InlineData("one two three", "one three", 1, 3)]
    [InlineData("one two three", "one two two three four", 2, 3)]
    [InlineData("one two three", "", 3, 3)]
    [InlineData("well-known", "well known", 0, 2)]
    public void Changed_missing_and_added_words_count(string said, string heard, int errors, int words) =>
        WordErrors.Count(said, heard).ShouldBe((errors, words));
}
