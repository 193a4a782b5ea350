using System.Diagnostics;
using System.Text.Json;
using PolarGrid.Engine.Templates;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>A template out of a stranger's file ends with an error that names the limit, soon and without taking the process along.</summary>
public class LimitTests
{
    private static readonly TemplateLimits Small = new()
    {
        MaxSteps = 200_000,
        MaxOutputCharacters = 100_000,
        MaxTextCharacters = 10_000_000,
        MaxItems = 100_000,
        MaxDepth = 50,
    };

    [Theory]
    [InlineData("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "MaxSteps")]
    [InlineData("{% for a in r %}{% for b in r %}{% for c in r %}{% for d in r %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}", "MaxSteps")]
    [InlineData("{% set ns = namespace(x=0) %}{% for i in range(90000) %}{% set ns.x = (ns.x + i) * 3 % 7 %}{% endfor %}", "MaxSteps")]
    [InlineData("{% set t = 'a' * 90000 %}{% for i in range(90000) %}{% if t == t + '' %}{% endif %}{% endfor %}", "MaxSteps")]
    [InlineData("{% set t = 'a' * 4000000 %}{% for i in range(90000) %}{{ t | length }}{% endfor %}", "MaxSteps")]
    [InlineData("{% set t = 'a' * 4000000 %}{% for i in range(90000) %}{{ t[0] }}{% endfor %}", "MaxSteps")]
    [InlineData("{% set t = 'a' * 4000000 %}{% for i in range(90000) %}{{ t.find('b') }}{% endfor %}", "MaxSteps")]
    [InlineData("{% set t = 'a' * 4000000 %}{{ ('a' * 2000000 + 'b') in t }}", "MaxSteps")]
    [InlineData("{{ 'a' * 10**9 }}", "MaxTextCharacters")]
    [InlineData("{{ 'a' * 10**18 }}", "MaxTextCharacters")]
    [InlineData("{{ 'abc'.ljust(10**10) }}", "MaxTextCharacters")]
    [InlineData("{{ 'a' | indent(10**10, true) }}", "MaxTextCharacters")]
    [InlineData("{{ 'a' | center(10**10) }}", "MaxTextCharacters")]
    [InlineData("{{ {'a': 1} | tojson(indent=10**9) }}", "MaxTextCharacters")]
    [InlineData("{% set ns = namespace(t='a') %}{% for i in range(60) %}{% set ns.t = ns.t + ns.t %}{% endfor %}", "MaxTextCharacters")]
    [InlineData("{{ ('a' * 3000).replace('', 'b' * 9000) }}", "MaxTextCharacters")]
    [InlineData("{{ 'ab' * 100000 }}", "MaxOutputCharacters")]
    [InlineData("{% for i in range(90000) %}aaaaaaaaaaaaaaaa{% endfor %}", "MaxOutputCharacters")]
    [InlineData("{{ range(10**18) }}", "MaxItems")]
    [InlineData("{{ range(-9223372036854775807, 9223372036854775807) }}", "MaxItems")]
    [InlineData("{{ [1] * 10**10 }}", "MaxItems")]
    [InlineData("{{ [1, 2] * 10**18 }}", "MaxItems")]
    [InlineData("{{ ('a' * 110000) | list }}", "MaxItems")]
    [InlineData("{{ ('a' * 110000).split('a') }}", "MaxItems")]
    [InlineData("{{ 'abc' | slice(1000000000) }}", "MaxItems")]
    [InlineData("{{ 'abc' | batch(1000000000, 'x') }}", "MaxItems")]
    [InlineData("{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}", "MaxSteps")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}", "MaxItems")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "MaxDepth")]
    [InlineData("{% macro f(n) %}{{ g(n + 1) }}{% endmacro %}{% macro g(n) %}{{ f(n) }}{% endmacro %}{{ f(0) }}", "MaxDepth")]
    [InlineData("{% macro f() %}{% call f() %}{% endcall %}{% endmacro %}{{ f() }}", "MaxDepth")]
    [InlineData("{% set l = [] %}{% set _ = l.append(l) %}{{ l }}", "MaxDepth")]
    [InlineData("{% set l = [] %}{% set _ = l.append(l) %}{{ l | tojson }}", "MaxDepth")]
    [InlineData("{% set ns = namespace(v=[]) %}{% for i in range(2000) %}{% set ns.v = [ns.v] %}{% endfor %}{{ ns.v }}", "MaxDepth")]
    [InlineData("{% set ns = namespace(v={}) %}{% for i in range(2000) %}{% set ns.v = {'a': ns.v} %}{% endfor %}{{ ns.v | tojson }}", "MaxDepth")]
    public void A_greedy_template_is_stopped_and_told_by_which_limit(string source, string limit)
    {
        var clock = Stopwatch.StartNew();
        var error = Rendering.Error(source, """{"r": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24]}""", Small);
        error.Stage.ShouldBe(TemplateStage.Limit);
        error.Limit.ShouldBe(limit);
        error.Message.ShouldContain(limit);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Two_values_nested_without_end_are_compared_to_a_bound()
    {
        const string Nest = "{% set ns = namespace(v=[], w=[]) %}{% for i in range(2000) %}{% set ns.v = [ns.v] %}{% set ns.w = [ns.w] %}{% endfor %}";
        Rendering.Error(Nest + "{{ ns.v == ns.w }}", limits: Small).Limit.ShouldBe("MaxDepth");
        Rendering.Error(Nest + "{{ [ns.v] < [ns.w] }}", limits: Small).Limit.ShouldBe("MaxDepth");
        Rendering.Error(Nest + "{{ ns.w in [ns.v] }}", limits: Small).Limit.ShouldBe("MaxDepth");
    }

    [Theory]
    [InlineData("{{ ", "(", "1", ")", " }}")]
    [InlineData("{{ ", "[", "1", "]", " }}")]
    [InlineData("{{ ", "{1:", "1", "}", " }}")]
    [InlineData("{{ ", "-", "1", "", " }}")]
    [InlineData("{{ ", "not ", "1", "", " }}")]
    [InlineData("{{ ", "a", "", ".a", " }}")]
    [InlineData("{{ a", "", "", "[0]", " }}")]
    [InlineData("{{ a", "", "", "()", " }}")]
    [InlineData("{{ a", "", "", "|trim", " }}")]
    [InlineData("{{ 1", "", "", " is odd", " }}")]
    [InlineData("{{ 1", "", "", " - 1", " }}")]
    [InlineData("{{ 1", "", "", " ** 1", " }}")]
    [InlineData("{{ 1", "", "", " if 1 else 1", " }}")]
    [InlineData("{{ f(", "f(", "1", ")", ") }}")]
    [InlineData("", "{% if 1 %}", "x", "{% endif %}", "")]
    [InlineData("", "{% for i in l %}", "x", "{% endfor %}", "")]
    [InlineData("", "{% macro m() %}", "x", "{% endmacro %}", "")]
    [InlineData("", "{% set x %}", "x", "{% endset %}", "")]
    [InlineData("", "{% filter trim %}", "x", "{% endfilter %}", "")]
    [InlineData("{% for ", "(", "a", ",)", " in l %}{% endfor %}")]
    public void Nesting_without_end_is_a_syntax_error_and_no_stack_overflow(string head, string open, string core, string close, string tail)
    {
        const int Depth = 20_000;
        var source = head + string.Concat(Enumerable.Repeat(open, Depth)) + core + string.Concat(Enumerable.Repeat(close, Depth)) + tail;
        var error = Rendering.ParseError(source);
        error.Stage.ShouldBe(TemplateStage.Syntax);
    }

    [Theory]
    [InlineData("{{ ", "1", " + 1", " }}", "20001")]
    [InlineData("{{ ", "'a'", " ~ ''", " }}", "a")]
    [InlineData("{{ ", "0", " or 0", " }}", "0")]
    [InlineData("{{ ", "1", " == 1", " }}", "True")]
    [InlineData("{% if 0 %}", "", "{% elif 0 %}", "{% else %}x{% endif %}", "x")]
    public void Long_rows_that_need_no_depth_are_fine(string head, string first, string next, string tail, string expected) =>
        Rendering.Text(head + first + string.Concat(Enumerable.Repeat(next, 20_000)) + tail).ShouldBe(expected);

    [Fact]
    public void The_deepest_accepted_template_renders_on_a_small_stack()
    {
        const int Pairs = 36;
        var source = string.Concat(Enumerable.Repeat("{% if (((1))) %}{% for i in [1] %}", Pairs))
            + "{{ [[[[[[[[[[[[]]]]]]]]]]]] }}{{ f() }}" + string.Concat(Enumerable.Repeat("{% endfor %}{% endif %}", Pairs));
        var recursive = "{% macro f() %}" + source + "{% endmacro %}{{ f() }}";
        var template = ChatTemplate.Parse(recursive).Value.ShouldNotBeNull();
        TemplateResult<RenderedPrompt> result = default;
        var thread = new Thread(() => result = template.Render(new Dictionary<string, TemplateValue>()), 384 * 1024);
        thread.Start();
        thread.Join();
        result.Error!.Limit.ShouldBe("MaxDepth");
    }

    [Fact]
    public void A_source_of_more_than_a_mebicharacter_is_refused()
    {
        var error = Rendering.ParseError(new string('x', ChatTemplate.MaxSourceCharacters + 1));
        error.Limit.ShouldBe(nameof(ChatTemplate.MaxSourceCharacters));
    }

    [Fact]
    public void An_output_of_ten_megabytes_is_allowed_by_the_defaults()
    {
        var prompt = Rendering.Prompt("{% for i in range(10) %}{{ 'x' * 1000000 }}{{ m }}{% endfor %}", """{"m": "y"}""");
        prompt.Text.Length.ShouldBe(10_000_010);
        prompt.Trusted.Count.ShouldBe(10);
    }

    [Fact]
    public void A_message_of_a_megabyte_takes_time_in_proportion_to_its_length()
    {
        const string Source = "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content | trim + '<|im_end|>' + '\n' }}{% endfor %}";
        var variables = JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = new string('a', 1_000_000) } } });
        Rendering.Prompt(Source, variables);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++) Rendering.Prompt(Source, variables);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Arithmetic_beyond_64_bits_is_an_error()
    {
        foreach (var expression in new[] { "9223372036854775807 + 1", "2 ** 64", "10 ** 10 ** 10", "-9223372036854775807 - 2", "3037000500 * 3037000500" })
            Rendering.Error($"{{{{ {expression} }}}}").Message.ShouldContain("64-bit");
    }
}
