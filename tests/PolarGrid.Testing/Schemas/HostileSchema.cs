using System.Globalization;
using System.Text;

namespace PolarGrid.Testing.Schemas;

/// <summary>Makes schemas that are meant to do harm: deep, wide, recursive, ambiguous, with huge patterns, counts and numbers.</summary>
public static class HostileSchema
{
    private static readonly string[] Garbage = ["{}", "[]", "null", "true", "-1", "1e400", "1e-400", "\"\"", "\"\\ud800\"", "{\"$ref\":\"#\"}", "[{}]", "99999999999999999999"];

    private static readonly string[] Keywords =
    [
        "type", "enum", "const", "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "items", "prefixItems",
        "minItems", "maxItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "multipleOf", "allOf",
        "anyOf", "oneOf", "not", "$ref", "$defs", "minProperties", "maxProperties", "uniqueItems", "nullable", "contains", "dependentRequired",
    ];

    public static string Make(int seed)
    {
        var random = new Random(seed);
        var size = 1 << random.Next(1, 13);
        return (seed % 20) switch
        {
            0 => Nested(Math.Min(size, 400), "{\"type\":\"array\",\"items\":", "}", "{}"),
            1 => Nested(Math.Min(size, 400), "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":", "}}", "true"),
            2 => Nested(Math.Min(size, 400), "{\"anyOf\":[{\"type\":\"null\"},", "]}", "{\"type\":\"string\"}"),
            3 => Wide(size, random.Next(2) == 0),
            4 => $$"""{"type":"string","pattern":"{{Pattern(random, Math.Min(size, 2000))}}"}""",
            5 => $$"""{"type":"array","minItems":{{Big(random)}},"maxItems":{{Big(random)}},"items":{"type":"string","maxLength":{{Big(random)}} } }""",
            6 => $$"""{"enum":[{{string.Join(',', Enumerable.Range(0, size * 4).Select(i => $"\"{new string('a', i % 50)}{i}\""))}}]}""",
            7 => $$"""{"type":"string","allOf":[{{Join(Math.Min(size, 60), i => $$"""{"anyOf":[{"minLength":{{i}} },{"maxLength":{{i + 9}} }]}""")}}]}""",
            8 => Chain(Math.Min(size, 4000)),
            9 => Ambiguous(random),
            10 => $$"""{"type":"number","minimum":{{Digits(random, size)}},"maximum":{{Digits(random, size)}}}""",
            11 => $$"""{"type":"integer","multipleOf":{{random.Next(1, 9)}},"minimum":-{{Digits(random, 20)}},"maximum":{{Digits(random, 20)}}}""",
            12 => $$"""{"type":"object","additionalProperties":{"type":"integer"},"properties":{ {{Join(size, i => $"\"{new string('x', i % 200)}{i}\":true")}} } }""",
            13 => $$"""{"oneOf":[{{Join(Math.Min(size, 300), i => $$"""{"type":"object","required":["k"],"properties":{"k":{"const":{{i}} } } }""")}}]}""",
            14 => $$"""{"type":"object","properties":{ "{{new string('n', size * 20)}}":{"{{(random.Next(2) == 0 ? "anyOf" : "prefixItems")}}":[{{Join(size * 10, _ => "{}")}}]} } }""",
            15 => $$"""{"{{(random.Next(2) == 0 ? "allOf" : "oneOf")}}":[{"enum":[{{Join(size * 10, _ => "1")}}]},{"enum":[{{Join(size * 10, _ => "2")}}]}]}""",
            16 => Nested(Math.Min(size, 200), $"{{\"type\":\"array\",\"maxItems\":{random.Next(1, 70)},\"contains\":{{\"minItems\":1}},\"items\":", "}", "{}"),
            17 => Nested(Math.Min(size, 80), Dependent(random), "}}", Unique(random, size)),
            _ => Random(random, 0),
        };
    }

    private static string Join(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static string Nested(int depth, string before, string after, string inside) =>
        new StringBuilder().Insert(0, before, depth).Append(inside).Append(string.Concat(Enumerable.Repeat(after, depth))).ToString();

    private static string Wide(int size, bool required)
    {
        var names = Enumerable.Range(0, size).Select(i => $"\"p{i}\"").ToArray();
        var properties = string.Join(',', names.Select(name => name + ":{\"type\":[\"string\",\"number\",\"null\"]}"));
        return $$"""{"type":"object","properties":{ {{properties}} } {{(required ? $",\"required\":[{string.Join(',', names)}]" : "")}} }""";
    }

    private static string Pattern(Random random, int size) => random.Next(7) switch
    {
        0 => "^" + new string('(', 30) + "a{1,1000}" + string.Concat(Enumerable.Repeat("){1,1000}", 30)) + "$",
        1 => "^(a|a|a|aa|aaa)*$",
        2 => "^((a*)*b?)*$",
        3 => "^(.*){50}(.+)*x(.*)*$",
        4 => string.Concat(Enumerable.Repeat("(a|b)?", size / 6)),
        5 => $"^({string.Join('|', Enumerable.Range(0, size / 4).Select(i => new string('a', i % 20) + "b?"))})+$",
        _ => string.Concat(Enumerable.Range(0, size / 2).Select(_ => "ab(){}[]^$.*+?|\\\\-0,"[random.Next(20)])),
    };

    /// <summary>Every property needs the next one and all are alike, so each level has dozens of alternatives.</summary>
    private static string Dependent(Random random)
    {
        var count = random.Next(2, 8);
        return $$"""{"type":"object","dependentRequired":{ {{Join(count, i => $"\"d{i}\":[\"d{(i + 1) % count}\"]")}} },"not":{"required":["n"]},"properties":{"a":""";
    }

    private static string Unique(Random random, int size) =>
        $$"""{"type":"array","uniqueItems":true,"minItems":{{random.Next(9)}},"items":{"enum":[{{Join(random.Next(1, 10), i => $"\"{new string('u', size)}{i}\"")}}]} }""";

    private static string Chain(int size)
    {
        var links = Enumerable.Range(0, size).Select(i => $"\"d{i}\":{{\"$ref\":\"#/$defs/d{i + 1}\"}}");
        return $$"""{"$ref":"#/$defs/d0","$defs":{ {{string.Join(',', links)}},"d{{size}}":{"type":"array","items":{"$ref":"#/$defs/d0"} } } }""";
    }

    private static string Ambiguous(Random random)
    {
        var options = Join(random.Next(2, 40), i => $$"""{"type":"array","items":{"$ref":"#"},"maxItems":{{i + 1}} }""");
        return $$"""{"anyOf":[{"type":"null"},{{options}}]}""";
    }

    private static string Random(Random random, int depth)
    {
        if (depth > 6 || random.Next(4) == 0) return Garbage[random.Next(Garbage.Length)];
        var members = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Keywords[random.Next(Keywords.Length)]).Distinct()
            .Select(keyword => $"\"{keyword}\":{Random(random, depth + 1)}");
        return random.Next(5) == 0 ? $"[{Random(random, depth + 1)}]" : $"{{{string.Join(',', members)}}}";
    }

    private static string Big(Random random) => Math.Pow(10, random.Next(1, 12)).ToString("F0", CultureInfo.InvariantCulture);

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)('0' + random.Next(i == 0 ? 1 : 0, 10))));
}
