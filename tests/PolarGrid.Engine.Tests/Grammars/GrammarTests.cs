using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Grammars.Matching;

namespace PolarGrid.Engine.Tests.Grammars;

public sealed class GrammarTests
{
    [Theory]
    [InlineData("root ::= \"a\" \"b\"", "ab", "a|b|abc|")]
    [InlineData("root ::= \"a\" | \"bc\" | \"bd\"", "a|bc|bd", "b|ab|bcd")]
    [InlineData("root ::= (\"a\" | \"ab\" | \"abc\") \"d\"", "ad|abd|abcd", "d|acd")]
    [InlineData("root ::= [a-c]+", "a|abc|cccc", "|d|abd")]
    [InlineData("root ::= [^a-c]*", "|d|déf|😀", "a|da")]
    [InlineData("root ::= \"x\"?", "|x", "xx")]
    [InlineData("root ::= \"x\"{3}", "xxx", "xx|xxxx")]
    [InlineData("root ::= \"x\"{2,}", "xx|xxxxxx", "x|")]
    [InlineData("root ::= \"x\"{2,4} \"x\"", "xxx|xxxx|xxxxx", "xx|xxxxxx")]
    [InlineData("root ::= (\"a\"? \"b\"?){2,3}", "|a|ab|ababab|bab|bb", "abababa|aaaa|c")]
    [InlineData("root ::= (\"a\"*)* \"b\"", "b|aaab", "a|ba")]
    [InlineData("root ::= \"a\"{0}", "", "a")]
    [InlineData("root ::= .", "a|é|中|😀", "|ab")]
    [InlineData("root ::= [\\u4e00-\\u9fff\\U0001F600]{2}", "中文|中😀", "a中|中")]
    [InlineData("root ::= \"\\\"\\\\\\n\\x41\"", "\"\\\nA", "\"")]
    [InlineData("root ::= list # a comment\nlist ::= \"a\" (\",\"\n  list)?", "a|a,a|a,a,a", "a,|,a")]
    [InlineData("root ::= \"(\" root \")\" | \"x\"", "x|((x))", "(x|x)")]
    [InlineData("root ::=\n  \"a\" |\n  \"b\"\n", "a|b", "ab")]
    [InlineData("root ::= e\ne ::= t (\"+\" t)*\nt ::= [0-9]+ | \"(\" e \")\"", "1|1+2|(1+2)+33", "+|1+|(1")]
    [InlineData("root ::= [-a]+ [a-]*", "-|a|-a-", "b")]
    [InlineData("root ::= (\"ab\"{2,3} \"c\"){2}", "ababcabababc|ababcababc", "abcabc|ababc")]
    public void A_grammar_matches_its_texts_and_no_others(string gbnf, string matching, string others)
    {
        var grammar = GrammarTexts.Compile(gbnf);
        grammar.ShouldMatch(matching.Split('|'));
        grammar.ShouldNotMatch([.. others.Split('|').Except(matching.Split('|'))]);
    }

    [Theory]
    [InlineData("root ::= \"a", "ends inside", 1, 12)]
    [InlineData("root ::= (\"a\"", "')' is missing", 1, 14)]
    [InlineData("root ::= other", "'other' is not defined", 1, 10)]
    [InlineData("a ::= \"x\"", "no rule 'root'", 1, 1)]
    [InlineData("root ::= \"x\"\nroot ::= \"y\"", "defined twice", 2, 1)]
    [InlineData("root ::= \"\\q\"", "escape is unknown", 1, 11)]
    [InlineData("root ::= [z-a]", "wrong way round", 1, 11)]
    [InlineData("root ::= \"a\"{3,2}", "maximum below", 1, 13)]
    [InlineData("root ::= \"a\"{9999999}", "at most 1000000", 1, 14)]
    [InlineData("root ::= <token>", "Tokens cannot be named", 1, 10)]
    [InlineData("root := \"x\"", "'::=' is expected", 1, 6)]
    [InlineData("root ::= \"x\" )", "does not belong", 1, 14)]
    [InlineData("root ::= \"\\ud800\"", "hexadecimal digits", 1, 11)]
    public void A_mistake_is_reported_where_it_is(string gbnf, string message, int line, int column)
    {
        var error = GrammarTexts.Refused(gbnf);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("root ::= root \"a\" | \"b\"", "root")]
    [InlineData("root ::= \"x\" a\na ::= b \"y\" | \"z\"\nb ::= \"q\"? a", "a")]
    [InlineData("root ::= (a)* \"x\"\na ::= \"\" a | \"y\"", "a")]
    public void Left_recursion_is_refused_by_the_rule_name(string gbnf, string rule) =>
        Assert.Contains($"Rule '{rule}' is left-recursive", GrammarTexts.Refused(gbnf).Message, StringComparison.Ordinal);

    [Fact]
    public void A_grammar_that_no_finite_text_matches_is_refused()
    {
        Assert.Contains("No finite text", GrammarTexts.Refused("root ::= \"a\" root").Message, StringComparison.Ordinal);
        Assert.Contains("No finite text", GrammarTexts.Refused("root ::= []").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_that_can_never_end_is_never_entered()
    {
        var grammar = GrammarTexts.Compile("root ::= \"a\" | \"b\" never\nnever ::= \"c\" never");
        Assert.False(grammar.Begins("b"));
        grammar.ShouldMatch("a");
    }

    [Fact]
    public void Too_deep_parentheses_are_refused() =>
        Assert.Contains(
            "64 deep", GrammarTexts.Refused($"root ::= {new string('(', 5000)}\"a\"{new string(')', 5000)}").Message, StringComparison.Ordinal);

    [Fact]
    public void Large_repetitions_cost_no_nodes()
    {
        var grammar = GrammarTexts.Compile("root ::= ([a-z]{1,1000} \",\"){0,1000000}");
        Assert.True(grammar.ProgramBytes < 2000);
        grammar.ShouldMatch("abc,d,");
        grammar.ShouldNotMatch(new string('a', 1001) + ",");
    }

    [Fact]
    public void Deep_nesting_beyond_the_limit_ends_with_an_error_state()
    {
        var grammar = GrammarTexts.Compile("root ::= \"(\" root \")\" | \"x\"");
        Assert.True(grammar.Begins(new string('(', 3000)));
        Assert.Same(GrammarState.TooComplex, grammar.After(new string('(', 5000)));
    }

    [Fact]
    public void Ambiguity_beyond_the_limit_ends_with_an_error_state()
    {
        // Each "a" doubles the ways: which of the two rules must be closed later.
        var grammar = GrammarTexts.Compile("root ::= \"a\" root \"b\" | \"a\" root \"c\" | \"d\"");
        grammar.ShouldMatch("adb", "aadbc");
        Assert.Same(GrammarState.TooComplex, grammar.After(new string('a', 40)));
    }

    [Fact]
    public void Right_recursion_stays_flat()
    {
        var grammar = GrammarTexts.Compile("root ::= \"a\" root | \"b\"");
        var text = new string('a', 100_000);
        Assert.All(grammar.After(text).Stacks, stack => Assert.InRange(stack.Depth, 1, 2));
        grammar.ShouldMatch(text + "b");
    }

    [Fact]
    public void What_was_learned_is_bounded_and_forgetting_it_changes_nothing()
    {
        var grammar = GrammarTexts.Compile("root ::= ([a-z]{1,500} \",\"){0,1000}");
        var text = string.Concat(Enumerable.Range(0, 900).Select(i => new string((char)('a' + (i % 26)), 1 + (i % 400)) + ","));
        var state = grammar.Start;
        foreach (var letter in text)
        {
            state = grammar.Next(grammar.Settle(state), (byte)letter);
            Assert.True(state.Epoch >= 0);
        }

        Assert.True(state.Accepts);
        Assert.True(grammar.Epoch > 0);
    }

    [Fact]
    public void A_state_is_final_only_when_nothing_can_follow()
    {
        var grammar = GrammarTexts.Compile("root ::= \"ab\" \"c\"?");
        Assert.True(grammar.After("ab").Accepts);
        Assert.False(grammar.After("ab").IsFinal);
        Assert.True(grammar.After("abc").IsFinal);
    }
}
