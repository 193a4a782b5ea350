using System.Text.Json;
using PolarGrid.Engine.Templates;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>The language, checked against what Python's jinja2 printed for some 520 small templates.</summary>
public class LanguageTests
{
    [Fact]
    public void Small_templates_print_what_they_print_in_Python()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SourceTree.At("tests/PolarGrid.Engine.Tests/Templates/language.json")));
        var variables = Rendering.Variables(file.RootElement.GetProperty("variables"));
        var wrong = new List<string>();
        foreach (var item in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var source = item.GetProperty("template").GetString()!;
            var expected = item.GetProperty("text").GetString();
            var parsed = ChatTemplate.Parse(source);
            var text = parsed.Value?.Render(variables, TemplateLimits.Default, FixedClock.Instance).Value?.Text;
            if (text != expected) wrong.Add($"{source} gave {text ?? "an error"}, not {expected ?? "an error"}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Trailing_newline_of_the_template_is_removed() => Rendering.Text("a\nb\n").ShouldBe("a\nb");

    [Fact]
    public void Newline_after_a_tag_is_removed_and_after_a_print_is_kept() =>
        Rendering.Text("{% if true %}\nx{{ 1 }}\ny{% endif %}\n\nz").ShouldBe("x1\ny\nz");

    [Fact]
    public void Indentation_before_a_tag_is_removed_and_before_a_print_is_kept() =>
        Rendering.Text("a\n  {% if true %}\n  {{ 1 }}\n  {% endif %}b").ShouldBe("a\n  1\nb");

    [Fact]
    public void Line_ends_of_any_system_become_newlines() => Rendering.Text("a\r\nb\rc").ShouldBe("a\nb\nc");

    [Fact]
    public void A_name_set_in_a_loop_is_gone_after_it() =>
        Rendering.Text("{% set x = 1 %}{% for i in [1, 2] %}{% set x = i %}{% endfor %}{{ x }}").ShouldBe("1");

    [Fact]
    public void A_macro_sees_names_that_are_set_after_it() =>
        Rendering.Text("{% macro m() %}{{ late }}{% endmacro %}{% set late = 5 %}{{ m() }}").ShouldBe("5");

    [Fact]
    public void A_macro_made_in_a_loop_keeps_its_iterations_names() =>
        Rendering.Text(
            "{% set ns = namespace(m=none) %}{% for i in [1, 2] %}{% if i == 1 %}{% macro m() %}{{ i }}{% endmacro %}{% set ns.m = m %}{% endif %}{% endfor %}{{ ns.m() }}")
            .ShouldBe("1");

    [Fact]
    public void A_list_that_was_given_cannot_be_changed() =>
        Rendering.Error("{% set _ = l.append(1) %}", """{"l": [1]}""").Message.ShouldContain("given to it");

    [Fact]
    public void A_list_that_the_template_made_can_grow() =>
        Rendering.Text("{% set l = [] %}{% for i in [1, 2] %}{% set _ = l.append(i) %}{% endfor %}{{ l }}").ShouldBe("[1, 2]");

    [Fact]
    public void A_parts_method_comes_before_an_entry_of_that_name_with_a_dot_but_not_in_brackets() =>
        Rendering.Text("{{ d['items'] }} {{ d.items() | length }}", """{"d": {"items": "x"}}""").ShouldBe("x 1");

    [Fact]
    public void Text_is_counted_and_cut_in_code_points() =>
        Rendering.Text("{{ t | length }} {{ t[1] }} {{ t[1:] }} {{ t[::-1] }}", """{"t": "a😀b"}""").ShouldBe("3 😀 😀b b😀a");

    [Fact]
    public void The_date_comes_from_the_given_clock() => Rendering.Text("{{ strftime_now('%d %b %Y') }}").ShouldBe("26 Jul 2024");

    [Fact]
    public void A_variable_hides_a_global_function() => Rendering.Text("{{ range }}", """{"range": 1}""").ShouldBe("1");

    [Fact]
    public void Numbers_of_a_conversation_print_as_in_Python() =>
        Rendering.Text("{{ v }} {{ v | tojson }}", """{"v": [1, 1.0, 1e22, 0.00001, -0.0, 12345678901234567890, true, null]}""")
            .ShouldBe("[1, 1.0, 1e+22, 1e-05, -0.0, 1.2345678901234567e+19, True, None] [1, 1.0, 1e+22, 1e-05, -0.0, 1.2345678901234567e+19, true, null]");

    [Fact]
    public void Names_that_the_template_mentions_are_known() =>
        ChatTemplate.Parse("{{ tools }}{% set x = 1 %}").Value!.Names.ShouldBe(["tools", "x"], ignoreOrder: true);
}
