using System.Text.RegularExpressions;

namespace PolarGrid.Architecture.Tests;

/// <summary>C# as text, good enough to look for names.</summary>
internal static partial class CodeText
{
    /// <summary>Comments and the inside of texts become a space, so that only code is left.</summary>
    public static string WithoutCommentsAndTexts(string code) => CommentOrText().Replace(code, " ");

    /// <summary>Every name in the code.</summary>
    public static IEnumerable<string> Names(string code) => Name().Matches(WithoutCommentsAndTexts(code)).Select(match => match.Value);

    // In this order: raw texts, character constants, verbatim texts, texts, line comments, block comments.
    [GeneratedRegex("(\"{3,}).*?\\1|'(\\\\.[^']*|[^'\\\\\\n])'|@\\$?\"([^\"]|\"\")*\"|\"(\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*|/\\*.*?\\*/", RegexOptions.Singleline)]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Name();
}
