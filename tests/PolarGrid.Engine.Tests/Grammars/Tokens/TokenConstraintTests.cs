using System.Text;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Schemas;

namespace PolarGrid.Engine.Tests.Grammars.Tokens;

public sealed class TokenConstraintTests
{
    private static readonly PieceTokenizer Words = new("ab", "abc", "go", " go!", "go!x", "!y", "é", "yes", "no");

    [Fact]
    public void The_set_holds_exactly_the_tokens_that_fit()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"ab\" [a-d]? | \"é\"" });
        Assert.Equal([Words["ab"], Words["abc"], Words["é"], Byte('a'), Byte(0xC3)], Allowed(constraint));

        Take(constraint, Byte(0xC3));
        Assert.Equal([Byte(0xA9)], Allowed(constraint));
        Take(constraint, Byte(0xA9));
        Assert.True(constraint.IsComplete);
        Assert.Equal([Words.End], Allowed(constraint));
    }

    [Fact]
    public void The_end_fits_only_a_complete_text_and_control_tokens_never_do()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"ab\" \"c\"?" });
        Assert.False(constraint.Allows(Words.End));
        Assert.False(constraint.Allows(Words.Control));
        Take(constraint, Words["ab"]);
        Assert.False(constraint.IsComplete);
        Assert.True(constraint.Allows(Words.End));
        Assert.Equal([Byte('c'), Words.End], Allowed(constraint));
    }

    [Fact]
    public void An_answer_is_free_until_a_trigger_and_then_is_not()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"!\" \"y\"", Triggers = ["go", "stop"] });
        Take(constraint, Words["no"]);
        Assert.True(constraint.Allows(Words.End));
        Assert.True(constraint.Allows(Words.Control));
        Take(constraint, Byte('g'));
        Take(constraint, Byte('o'));
        Assert.Equal([Words["!y"], Byte('!')], Allowed(constraint));
        Assert.False(constraint.Allows(Words.End));
        Take(constraint, Words["!y"]);
        Assert.True(constraint.IsComplete);
    }

    [Fact]
    public void A_token_that_ends_a_trigger_and_goes_on_wrongly_does_not_fit()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"!\" \"y\"", Triggers = ["go"] });
        Assert.True(constraint.Allows(Words[" go!"]));
        Assert.False(constraint.Allows(Words["go!x"]));
        Assert.DoesNotContain(Words["go!x"], Allowed(constraint));
        Assert.Contains(Words[" go!"], Allowed(constraint));

        Take(constraint, Words[" go!"]);
        Assert.Equal([Byte('y')], Allowed(constraint));
    }

    [Fact]
    public void A_required_trigger_keeps_the_answer_from_ending()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"y\"", Triggers = ["go"], TriggerRequired = true });
        Assert.False(constraint.Allows(Words.End));
        Assert.DoesNotContain(Words.End, Allowed(constraint));
    }

    [Fact]
    public void A_control_token_may_be_a_trigger()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"y\"", Triggers = ["[CALL]"] });
        Take(constraint, Words["no"]);
        Take(constraint, Words.Control);
        Assert.Equal([Byte('y')], Allowed(constraint));
    }

    [Fact]
    public void A_control_token_that_is_shown_fits_where_its_text_does()
    {
        var shown = new Dictionary<int, byte[]> { [Words.Control] = Encoding.UTF8.GetBytes("[CALL]") };
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"[CALL]\" \"y\" | \"no\"" }, shown);
        Assert.Equal([Words["no"], Byte('['), Byte('n'), Words.Control], Allowed(constraint));
        Take(constraint, Words.Control);
        Assert.Equal([Byte('y')], Allowed(constraint));
    }

    [Fact]
    public void A_vocabulary_that_cannot_write_the_grammar_is_an_error_and_no_end()
    {
        var tokenizer = new Running.LetterTokenizer();
        var compiler = new GrammarCompiler(tokenizer);
        var constraint = compiler.Start(compiler.Compile(new OutputGrammar { Gbnf = "root ::= \"x\"" }).Output!, null);

        Assert.Null(constraint.Allowed());
        Assert.Equal(EngineErrorCode.GrammarFailed, constraint.Error!.Code);
    }

    [Fact]
    public void Too_much_ambiguity_is_an_error()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= \"a\" root \"b\" | \"a\" root \"c\" | \"d\"" });
        for (var count = 0; count < 60 && constraint.Error is null; count++)
        {
            if (!constraint.Allows(Byte('a'))) constraint.Allowed();
            else constraint.Accept(Byte('a'));
        }

        Assert.Equal(EngineErrorCode.GrammarFailed, constraint.Error?.Code);
    }

    [Fact]
    public void Places_deep_inside_a_long_text_share_one_set()
    {
        var constraint = Start(new OutputGrammar { Gbnf = "root ::= [a-z]{50,1000} \".\"" });
        Take(constraint, Byte('q'));
        var first = constraint.Allowed();
        for (var count = 0; count < 20; count++) Take(constraint, Byte('q'));
        Assert.Same(first, constraint.Allowed());
    }

    [Fact]
    public void A_place_that_was_met_before_costs_no_memory()
    {
        var compiler = new GrammarCompiler(Words);
        var output = compiler.Compile(new OutputGrammar { Gbnf = SchemaCompiler.AnyObject() }).Output!;
        var text = "{\"ab\": [\"yes\", \"no\", \"é\"], \"c\": {\"go\": 12}}"u8.ToArray();
        for (var warm = 0; warm < 3; warm++) Follow(compiler.Start(output, null), text);

        var constraint = compiler.Start(output, null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Follow(constraint, text);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("root ::= \"a\" root")]
    public void A_grammar_that_cannot_be_used_is_refused_while_preparing(string gbnf)
    {
        var (output, error) = new GrammarCompiler(Words).Compile(new OutputGrammar { Gbnf = gbnf });
        Assert.Null(output);
        Assert.Equal((EngineStage.Prepare, EngineErrorCode.InvalidGrammar), (error!.Stage, error.Code));
    }

    [Fact]
    public void Triggers_are_checked()
    {
        var compiler = new GrammarCompiler(Words);
        Assert.NotNull(compiler.Compile(new OutputGrammar { Gbnf = "root ::= \"a\"", Triggers = [""] }).Error);
        Assert.NotNull(compiler.Compile(new OutputGrammar { Gbnf = "root ::= \"a\"", TriggerRequired = true }).Error);
    }

    [Fact]
    public void A_grammar_that_comes_again_is_not_compiled_again()
    {
        var compiler = new GrammarCompiler(Words);
        var first = compiler.Compile(new OutputGrammar { Gbnf = "root ::= \"a\"" }).Output!.Grammar;
        Assert.Same(first, compiler.Compile(new OutputGrammar { Gbnf = "root ::= \"a\"", Triggers = ["x"] }).Output!.Grammar);
        for (var other = 0; other < 40; other++) compiler.Compile(new OutputGrammar { Gbnf = $"root ::= \"{other}\"" });
        Assert.NotSame(first, compiler.Compile(new OutputGrammar { Gbnf = "root ::= \"a\"" }).Output!.Grammar);
    }

    private static void Follow(TokenConstraint constraint, byte[] text)
    {
        foreach (var value in text)
        {
            constraint.Allowed();
            var token = Byte(value);
            if (!constraint.Allows(token)) throw new InvalidOperationException();
            constraint.Accept(token);
        }
    }

    private static TokenConstraint Start(OutputGrammar grammar, IReadOnlyDictionary<int, byte[]>? shown = null)
    {
        var compiler = new GrammarCompiler(Words);
        var (output, error) = compiler.Compile(grammar);
        Assert.Null(error);
        return compiler.Start(output!, shown);
    }

    private static void Take(TokenConstraint constraint, int token)
    {
        Assert.True(constraint.Allows(token));
        constraint.Accept(token);
    }

    private static int Byte(int value) => Words.VocabularySize - 258 + value;

    private static int[] Allowed(TokenConstraint constraint)
    {
        var mask = constraint.Allowed()!;
        return [.. Enumerable.Range(0, Words.VocabularySize).Where(mask.Contains)];
    }
}
