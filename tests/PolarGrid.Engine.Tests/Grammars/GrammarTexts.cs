using System.Text;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Grammars.Matching;

namespace PolarGrid.Engine.Tests.Grammars;

/// <summary>Asks compiled grammars about whole texts.</summary>
internal static class GrammarTexts
{
    public static Grammar Compile(string gbnf)
    {
        var result = Grammar.Compile(gbnf);
        Assert.True(result.Succeeded, result.Error?.ToString());
        return result.Value;
    }

    public static GrammarError Refused(string gbnf)
    {
        var result = Grammar.Compile(gbnf);
        Assert.False(result.Succeeded, "The grammar was accepted.");
        return result.Error;
    }

    public static GrammarState After(this Grammar grammar, string text)
    {
        var state = grammar.Settle(grammar.Start);
        foreach (var value in Encoding.UTF8.GetBytes(text)) state = grammar.Next(state, value);
        return state;
    }

    public static bool Matches(this Grammar grammar, string text) => grammar.After(text).Accepts;

    /// <summary>Whether some matching text begins like this.</summary>
    public static bool Begins(this Grammar grammar, string text) => grammar.After(text).Epoch >= 0;

    public static void ShouldMatch(this Grammar grammar, params string[] texts)
    {
        foreach (var text in texts) Assert.True(grammar.Matches(text), $"should match: {text}");
    }

    public static void ShouldNotMatch(this Grammar grammar, params string[] texts)
    {
        foreach (var text in texts) Assert.False(grammar.Matches(text), $"should not match: {text}");
    }
}
