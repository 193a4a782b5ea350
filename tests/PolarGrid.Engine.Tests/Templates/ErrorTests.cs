using PolarGrid.Engine.Templates;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>Errors say where, and in a sentence what.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData("a\n {{ 1 + }}", 2, 9, "Expected a value")]
    [InlineData("{{ 'abc }}", 1, 4, "string is not closed")]
    [InlineData("x{# y", 1, 2, "comment is not closed")]
    [InlineData("{% if x %}", 1, 11, "endif")]
    [InlineData("{% for x in y %}\n{% endif %}", 2, 4, "'endif' is not known")]
    [InlineData("{% include 'x' %}", 1, 4, "'include' is not known")]
    [InlineData("{{ a ! b }}", 1, 6, "no meaning")]
    [InlineData("{{ (1] }}", 1, 6, "']'")]
    [InlineData("{{ x", 1, 1, "not closed")]
    [InlineData("{% raw %}", 1, 1, "endraw")]
    [InlineData("{% break %}", 1, 4, "outside of a loop")]
    [InlineData("{% for x in y recursive %}{% endfor %}", 1, 15, "Recursive")]
    [InlineData("{{ 99999999999999999999 }}", 1, 4, "64 bits")]
    [InlineData("{{ '\\u12' }}", 1, 4, "hexadecimal")]
    public void A_malformed_source_is_refused_with_its_place(string source, int line, int column, string message)
    {
        var error = Rendering.ParseError(source);
        error.Stage.ShouldBe(TemplateStage.Syntax);
        (error.Line, error.Column).ShouldBe((line, column), error.ToString());
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("{{ 'a' + 1 }}", "a string + an integer")]
    [InlineData("{{ none + 'a' }}", "none + a string")]
    [InlineData("{{ missing + 'a' }}", "'missing' is undefined")]
    [InlineData("{{ missing.x }}", "'missing' is undefined")]
    [InlineData("{{ {}.a.b }}", "no member 'a'")]
    [InlineData("{{ 1 / 0 }}", "divide by zero")]
    [InlineData("{{ 1 | nope }}", "no filter 'nope'")]
    [InlineData("{{ 1 is nope }}", "no test 'nope'")]
    [InlineData("{{ nope() }}", "Cannot call")]
    [InlineData("{% for x in 5 %}{% endfor %}", "iterate over an integer")]
    [InlineData("{{ 'a' < 1 }}", "greater")]
    [InlineData("{{ missing | tojson }}", "'missing' is undefined")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "at most 1")]
    [InlineData("{{ 'a'.strip(unknown=1) }}", "'unknown'")]
    public void An_operation_that_makes_no_sense_says_why(string source, string message)
    {
        var error = Rendering.Error(source);
        error.Stage.ShouldBe(TemplateStage.Evaluation);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void An_error_while_rendering_has_its_place()
    {
        var error = Rendering.Error("line one\n{% if true %}\n  {{ 'a' - 1 }}\n{% endif %}");
        (error.Line, error.Column).ShouldBe((3, 10));
    }

    [Fact]
    public void A_refusal_by_the_template_keeps_its_own_words()
    {
        var error = Rendering.Error("{{ raise_exception('Roles must ' ~ 'alternate!') }}");
        error.Stage.ShouldBe(TemplateStage.Template);
        error.Message.ShouldBe("Roles must alternate!");
    }

    [Fact]
    public void An_unknown_filter_in_a_branch_that_is_not_taken_does_no_harm() =>
        Rendering.Text("{% if false %}{{ 1 | nope }}{% endif %}x").ShouldBe("x");
}
