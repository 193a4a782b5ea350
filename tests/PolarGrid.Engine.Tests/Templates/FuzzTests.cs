using System.Text.Json;
using PolarGrid.Engine.Templates;
using Shouldly;
using PolarGrid.Testing;
using Xunit;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>Whatever the source, the answer is a template or an error, a prompt or an error.</summary>
public class FuzzTests
{
    private static readonly TemplateLimits Limits = new()
    {
        MaxSteps = 50_000,
        MaxOutputCharacters = 1_000_000,
        MaxTextCharacters = 4_000_000,
        MaxItems = 50_000,
        MaxDepth = 40,
    };

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "*", "**", "//", "%", "~", "|", ".", ",", ":", "(", ")", "[", "]", "{", "}", "'", "\"", "\\",
        " if ", " else ", " for ", " in ", " not ", " is ", " and ", "{% for x in messages %}", "{% endfor %}", "{% endif %}", "{% set x = ",
        "{% macro f(a) %}", "{% endmacro %}", "{{ f(", "loop.", "messages", "namespace(", "range(", "|tojson", "|join(", "[::-1]", "10**9", "''", "\n",
        "none", "true", "9223372036854775807", "-1", "0", "1.5", "{% raw %}", "{% endraw %}", "\u2028", "\ud800", "é", "\0",
    ];

    [SharedFact(SharedCase.Folder)]
    public void Every_prefix_of_every_template_parses_or_is_refused()
    {
        foreach (var path in Directory.GetFiles(SharedFiles.Get(SharedCase.Folder), "*.jinja"))
        {
            var source = File.ReadAllText(path);
            for (var length = 0; length <= source.Length; length++) CheckParse(source[..length]);
        }
    }

    [SharedFact(SharedCase.Folder)]
    public void Mutated_templates_never_throw()
    {
        var random = new Random(20240726);
        var variables = Variables();
        foreach (var path in Directory.GetFiles(SharedFiles.Get(SharedCase.Folder), "*.jinja"))
        {
            var source = File.ReadAllText(path);
            for (var i = 0; i < 150; i++) Check(Mutate(source, random), variables);
        }
    }

    [Fact]
    public void Random_fragments_never_throw()
    {
        var random = new Random(1);
        var variables = Variables();
        for (var i = 0; i < 20_000; i++)
            Check("{{ " + string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Fragments[random.Next(Fragments.Length)])) + " }}", variables);
    }

    [Fact]
    public void Every_filter_method_and_test_answers_every_kind_of_value()
    {
        string[] values = ["missing", "none", "true", "3", "-1", "2.5", "''", "'a b'", "u", "[]", "[1, 'a']", "(1, 2)", "{}", "{'a': 1}", "namespace()", "range", "loop", "messages"];
        string[] operations =
        [
            .. "default d string safe length count tojson items dictsort trim upper lower capitalize title replace indent escape format center wordcount int float abs round join list first last reverse sort unique batch slice sum min max map select reject selectattr rejectattr"
                .Split(' ').SelectMany(f => new[] { $"|{f}", $"|{f}(1)", $"|{f}('a', 'b')", $"|{f}(none, none)", $"|{f}(-1, 'x', 9)", $"|{f}(attribute='a')" }),
            .. "strip lstrip rstrip upper lower title capitalize split rsplit splitlines partition join replace format zfill ljust rjust center startswith endswith find rfind index count isdigit items keys values get copy append"
                .Split(' ').SelectMany(m => new[] { $".{m}", $".{m}()", $".{m}(1)", $".{m}('a')", $".{m}('', '')", $".{m}('a', -1, 99)", $".{m}(none)", $".{m}([1])" }),
            .. "defined undefined none string number integer float boolean mapping iterable sequence callable lower upper odd even divisibleby in sameas filter test eq lt ge"
                .Split(' ').SelectMany(t => new[] { $" is {t}", $" is {t}(1)", $" is {t}('a')", $" is {t}([])" }),
            "[0]", "['a']", "[-1]", "[none]", "[1:]", "[::-2]", "[99999999999:-99999999999:-99999999999]", ".a", ".0", "()", "(1, a=2)",
            "+1", "+'a'", "-1", "*2", "/2", "//0", "%2", "%'a'", "**2", "~1", " in 'a'", " in [1]", " < 1", " == 1", " < 'a'",
        ];
        var variables = Variables();
        foreach (var value in values)
            foreach (var operation in operations) Check($"{{% for x in [1] %}}{{{{ {value}{operation} }}}}{{% endfor %}}", variables);
    }

    private static void Check(string source, Dictionary<string, TemplateValue> variables)
    {
        if (CheckParse(source) is not { } template) return;
        var result = template.Render(variables, Limits, FixedClock.Instance);
        if (result.Value is not { } prompt)
        {
            result.Error!.Message.ShouldNotBeNull();
            return;
        }

        var end = -1;
        foreach (var range in prompt.Trusted)
        {
            range.Start.ShouldBeGreaterThan(end);
            range.Length.ShouldBeGreaterThan(0);
            end = range.End;
        }

        end.ShouldBeLessThanOrEqualTo(prompt.Text.Length);
    }

    private static ChatTemplate? CheckParse(string source)
    {
        var result = ChatTemplate.Parse(source);
        if (result.Succeeded) return result.Value;
        result.Error.Stage.ShouldBe(TemplateStage.Syntax);
        result.Error.Line.ShouldBeGreaterThan(0);
        result.Error.Column.ShouldBeGreaterThan(0);
        return null;
    }

    private static Dictionary<string, TemplateValue> Variables() => Rendering.Variables(JsonSerializer.Deserialize<JsonElement>(
        """
        {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "hi"}, {"role": "assistant", "content": "yo"}],
         "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {"a": {"type": "string"}}}}}],
         "u": "é😀x", "bos_token": "<s>", "eos_token": "</s>", "add_generation_prompt": true}
        """));

    private static string Mutate(string source, Random random)
    {
        for (var i = random.Next(1, 5); i > 0 && source.Length > 0; i--)
        {
            var at = random.Next(source.Length);
            var length = Math.Min(random.Next(1, 12), source.Length - at);
            source = random.Next(4) switch
            {
                0 => source.Remove(at, length),
                1 => source.Insert(at, Fragments[random.Next(Fragments.Length)]),
                2 => source.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]),
                _ => source.Insert(at, source.Substring(random.Next(source.Length - length + 1), length)),
            };
        }

        return source;
    }
}
