using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Telephone numbers of ten digits as in North America, perhaps with a country before them: digit by digit, with a pause at each hyphen.</summary>
internal static partial class EnglishPhones
{
    public static string Read(string text) => Number().Replace(text, static match => string.Join(", ", Digits().Matches(match.Value).Select(group => string.Join(' ', group.Value.AsEnumerable()))));

    [GeneratedRegex(@"(?<![\w.$-])(?:\+?[0-9]{1,3}[-. ])?(?:\([0-9]{3}\) ?|[0-9]{3}[-.])[0-9]{3}[-.][0-9]{4}(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
