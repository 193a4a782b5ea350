using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Schemas;

namespace PolarGrid.Engine.Tests.Schemas;

/// <summary>A schema of a legal size never takes time or memory out of proportion, whichever of its parts are many or long.</summary>
public sealed class SchemaCostTests
{
    private const long MostBytes = 200L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly string Long = new('n', 100_000);

    public static TheoryData<string> Schemas => new(
        $$$$$$"""{"type":"object","properties":{"{{{{{{Long}}}}}}":{"anyOf":[{{{{{{Many(9_000, "{}")}}}}}}]}}}""",
        $$$$$$"""{"type":"object","properties":{"{{{{{{Long}}}}}}":{"allOf":[{{{{{{Many(9_000, "{}")}}}}}}]}}}""",
        $$$$$$"""{"type":"object","properties":{"{{{{{{Long}}}}}}":{"oneOf":[{{{{{{Many(40_000, "{}")}}}}}}]}}}""",
        $$$$$$"""{"type":"object","properties":{"{{{{{{Long}}}}}}":{"prefixItems":[{{{{{{Many(40_000, "{}")}}}}}}]}}}""",
        $$$$$$"""{"type":"object","properties":{"{{{{{{Long}}}}}}":{"properties": { {{{{{{string.Join(',', Enumerable.Range(0, 9_000).Select(i => $"\"{i}\":{{}}"))}}}}}} }}}}""",
        $$$$$$"""{"anyOf":[{{{{{{Many(8_000, """{"type":"null"}""")}}}}}}],"properties": { {{{{{{string.Join(',', Enumerable.Range(0, 9_000).Select(i => $"\"{i}\":{{}}"))}}}}}} }}""",
        $$$$$$"""{"allOf":[{"enum":[{{{{{{Many(60_000, "1")}}}}}}]},{"enum":[{{{{{{Many(60_000, "2")}}}}}}]}]}""",
        $$$$$$"""{"allOf":[{"enum":[{{{{{{Many(9_999, "1")}}}}}}]},{"enum":[{{{{{{Many(9_999, "0e-400")}}}}}}]}]}""",
        $$$$$$"""{"oneOf":[{"enum":[{{{{{{Many(60_000, "1")}}}}}}]},{"enum":[{{{{{{Many(60_000, "2")}}}}}}]}]}""",
        $$$$$$"""{"oneOf":[{"enum":[{{{{{{Many(9_999, "1")}}}}}}]},{"enum":[{{{{{{Many(9_999, "2")}}}}}}]}]}""",
        $$$$$$"""{"oneOf":[{{{{{{Many(2, $$"""{"type":"object","properties":{"a":{ } },"required":[{{string.Join(',', Enumerable.Range(0, 15_000).Select(i => $"\"{i}\""))}}]}""")}}}}}}]}""");

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_wide_schema_is_prepared_or_refused_soon_and_in_little_memory(string schema)
    {
        Assert.True(schema.Length <= SchemaLimits.Characters, $"{schema.Length}");
        using var document = JsonDocument.Parse(schema);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var result = SchemaCompiler.Compile(document.RootElement);
        var (took, bytes) = (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(took < Longest, $"{took}");
        Assert.True(bytes < MostBytes, $"{bytes}");
        Assert.True(result.Error is null || result.Error.ToString().Length < 1000);
    }

    [Fact]
    public void A_long_name_is_cut_in_an_error()
    {
        var error = SchemaTexts.Refused($$$$$$"""{"properties":{"{{{{{{Long}}}}}}":{"if":{}}}}""");
        Assert.StartsWith("#/properties/nnn", error.Path, StringComparison.Ordinal);
        Assert.EndsWith("…", error.Path, StringComparison.Ordinal);
        Assert.True(error.Path.Length < 200);
    }

    [Fact]
    public void A_deep_path_is_cut_in_an_error_at_its_beginning()
    {
        var name = new string('n', 60);
        var schema = string.Concat(Enumerable.Range(0, 20).Select(i => $$"""{"properties":{"{{name}}{{i}}":""")) + """{"if":{}}""" + new string('}', 40);
        var error = SchemaTexts.Refused(schema);
        Assert.StartsWith("#/…/", error.Path, StringComparison.Ordinal);
        Assert.EndsWith("n19", error.Path, StringComparison.Ordinal);
        Assert.True(error.Path.Length < 600);
    }

    [Fact]
    public void Names_that_look_like_joined_paths_do_not_make_two_schemas_one()
    {
        // What the root and A say about 'p' together was once known by the same key as the 'p' inside 'p&#'.
        const string Schema = """
            {"type":"object","required":["p","p&#"],"allOf":[{"$ref":"#/A"}],"properties":{"p":{"minimum":5}},
             "A":{"properties":{"p":{"type":"integer"},"p&#":{"type":"object","required":["p"],"properties":{"p":{"type":"string"}}}}}}
            """;
        var grammar = SchemaTexts.Compile(Schema);
        Assert.True(Accepts(grammar, """{"p":7,"p&#":{"p":"s"}}"""));
        Assert.False(Accepts(grammar, """{"p":7,"p&#":{"p":7}}"""));
    }

    [Theory]
    [InlineData("""{"allOf":[{"enum":[1,"a",{"a":1,"b":2}]},{"enum":[1.0,"b",{"b":2,"a":1e0}]}]}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"allOf":[{"enum":[1,"a"]},{"enum":[10e-1,"b"]}]}""", "1", true)]
    [InlineData("""{"allOf":[{"enum":["1","a"]},{"enum":[1,"a"]}]}""", "\"1\"", false)]
    public void Lists_of_values_are_compared_by_value(string schema, string text, bool accepted) =>
        Assert.Equal(accepted, Accepts(SchemaTexts.Compile(schema), text));

    [Fact]
    public void Alternatives_that_list_one_number_in_two_ways_are_not_told_apart() =>
        Assert.Equal("oneOf", SchemaTexts.Refused("""{"oneOf":[{"enum":[1,2]},{"enum":[20e-1,3]}]}""").Keyword);

    private static bool Accepts(Grammar grammar, string text)
    {
        var state = grammar.Start;
        foreach (var value in Encoding.UTF8.GetBytes(text)) state = grammar.Next(state, value);
        return state.Accepts;
    }

    private static string Many(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));
}
