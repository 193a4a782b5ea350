using System.Reflection;
using System.Text.RegularExpressions;
using PolarGrid.Engine.Speech.Text;
using Shouldly;

namespace PolarGrid.Engine.Tests.Speech.Text;

/// <summary>No text of a request's length keeps a pattern busy.</summary>
public sealed class PatternTimeTests
{
    private const int Most = 4096;

    // A pattern in the square of the length takes a tenth of it, one in the cube a hundred times more.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);

    private static readonly string[] Parts =
    [
        " ", "-", "--", "| ", "|--", "|:-: ", "<", "<a ", "<a b=", "</", "<!--", "[", "[a](", "`", "~~~", "*", "_a", "> ", "# ", "&amp", "1", "1,", "1,111",
        "1.", "1.1", "1:", "1-", "$1", "$1.", "v1.", "a.", "a-", "a-a.", "a@", "a@a.", "www.", "http://", ", ", ",", "(", "a/", "1/1", "No. ", "\u2013", "\u2014 ", "\n", "\n ", "\n>",
    ];

    public static TheoryData<string> Patterns() => [.. Found().Keys];

    [Fact]
    public void All_patterns_of_the_folder_are_found() => Found().Count.ShouldBeGreaterThan(30);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_ends_soon_on_every_hostile_text(string name)
    {
        var found = Found()[name];
        var pattern = new Regex(found.ToString(), found.Options, Enough);
        foreach (var text in Hostile()) Should.NotThrow(() => pattern.Replace(text, "-"), text[..20]);
    }

    [Fact]
    public async Task Spaces_around_dashes_are_cleaned_at_once()
    {
        var text = new string(' ', 1365) + "--" + new string(' ', 2700) + "x";

        (await Task.Run(() => SpeechText.Clean(text)).WaitAsync(Enough)).Text.ShouldBe("-- x");
    }

    private static Dictionary<string, Regex> Found() => typeof(SpeechText).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(SpeechText).Namespace)
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0)
        .ToDictionary(method => $"{method.DeclaringType!.Name}.{method.Name}", method => (Regex)method.Invoke(null, null)!);

    private static IEnumerable<string> Hostile()
    {
        foreach (var part in Parts)
        {
            var run = string.Concat(Enumerable.Repeat(part, Most / part.Length));
            yield return run;
            yield return run[..(Most / 3)] + "--" + run[..(Most / 2)] + "x";
            yield return new string(' ', Most / 3) + part + new string(' ', Most / 2) + "x";
        }
    }
}
