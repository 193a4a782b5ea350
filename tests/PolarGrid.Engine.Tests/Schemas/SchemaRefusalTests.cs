using System.Text;

namespace PolarGrid.Engine.Tests.Schemas;

/// <summary>What cannot be enforced is named by keyword and path, never loosened.</summary>
public sealed class SchemaRefusalTests
{
    [Theory]
    [InlineData("""{"not":{"type":"integer"}}""", "not", "#")]
    [InlineData("""{"not":{"const":1}}""", "not", "#")]
    [InlineData("""{"not":{"type":"string","minLength":2}}""", "not", "#")]
    [InlineData("""{"not":{"minLength":2}}""", "not", "#")]
    [InlineData("""{"not":{"required":["a","b"]}}""", "not", "#")]
    [InlineData("""{"not":3}""", "not", "#")]
    [InlineData("""{"properties":{"a":{"if":{},"then":{}}}}""", "if", "#/properties/a")]
    [InlineData("""{"items":{"contains":{},"prefixItems":[{}]}}""", "contains", "#/items")]
    [InlineData("""{"contains":{"const":1},"minContains":2}""", "minContains", "#")]
    [InlineData("""{"contains":{"const":1},"maxContains":2}""", "maxContains", "#")]
    [InlineData("""{"contains":{"const":1},"maxItems":1000}""", "contains", "#")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "uniqueItems", "#")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"type":"string"}}""", "uniqueItems", "#")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"enum":[1,2,3,4,5,6,7,8,9]}}""", "uniqueItems", "#")]
    [InlineData("""{"uniqueItems":1}""", "uniqueItems", "#")]
    [InlineData("""{"properties":{"a/b":{"pattern":"(?=x)"}}}""", "pattern", "#/properties/a~1b")]
    [InlineData("""{"pattern":"^(a)\\1$"}""", "pattern", "#")]
    [InlineData("""{"pattern":"\\bx"}""", "pattern", "#")]
    [InlineData("""{"pattern":"\\p{L}"}""", "pattern", "#")]
    [InlineData("""{"pattern":"a(b"}""", "pattern", "#")]
    [InlineData("""{"pattern":"^(ab)+$","maxLength":5}""", "maxLength", "#")]
    [InlineData("""{"format":"regex"}""", "format", "#")]
    [InlineData("""{"format":"email","maxLength":10}""", "maxLength", "#")]
    [InlineData("""{"type":"integer","multipleOf":7}""", "multipleOf", "#")]
    [InlineData("""{"multipleOf":0.3}""", "multipleOf", "#")]
    [InlineData("""{"multipleOf":0}""", "multipleOf", "#")]
    [InlineData("""{"type":"text"}""", "type", "#")]
    [InlineData("""{"type":[]}""", "type", "#")]
    [InlineData("""{"enum":[]}""", "enum", "#")]
    [InlineData("""{"minLength":-1}""", "minLength", "#")]
    [InlineData("""{"maxItems":1.5}""", "maxItems", "#")]
    [InlineData("""{"minItems":100000000}""", "minItems", "#")]
    [InlineData("""{"required":true}""", "required", "#")]
    [InlineData("""{"properties":[]}""", "properties", "#")]
    [InlineData("""{"properties":{"a":1}}""", "properties", "#")]
    [InlineData("""{"items":{"$ref":"other.json"}}""", "$ref", "#/items")]
    [InlineData("""{"$ref":"#/$defs/missing"}""", "$ref", "#")]
    [InlineData("""{"$ref":"#"}""", "$ref", "#")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}}}""", "$ref", "#")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "oneOf", "#")]
    [InlineData("""{"properties":{"a":{},"b":{}},"oneOf":[{"required":["a"]},{"required":["b"]}]}""", "oneOf", "#")]
    [InlineData("""{"dependentRequired":{"a":"b"}}""", "dependentRequired", "#")]
    [InlineData("""{"dependencies":{"a":{"required":["b"]}}}""", "dependencies", "#")]
    [InlineData("""{"dependentRequired":{"a":[],"b":[],"c":[],"d":[],"e":[],"f":[],"g":[]}}""", "dependentRequired", "#")]
    [InlineData("""{"properties":{"a":{}},"patternProperties":{"^b":{}}}""", "patternProperties", "#")]
    [InlineData("""{"properties":{"a":{},"b":{}},"maxProperties":1}""", "maxProperties", "#")]
    [InlineData("""{"type":"object","minProperties":2}""", "minProperties", "#")]
    [InlineData("""{"allOf":[{"pattern":"a"},{"pattern":"b"}]}""", "pattern", "#/allOf/1")]
    [InlineData("""{"allOf":[]}""", "allOf", "#")]
    [InlineData("""{"$dynamicRef":"#x"}""", "$dynamicRef", "#")]
    [InlineData("""{"unevaluatedProperties":{"type":"null"}}""", "unevaluatedProperties", "#")]
    [InlineData("""{"enum":["a"],"pattern":"b"}""", "enum", "#")]
    public void What_cannot_be_enforced_is_named(string schema, string keyword, string path)
    {
        var error = SchemaTexts.Refused(schema);
        Assert.Equal((keyword, path), (error.Keyword, error.Path));
        Assert.NotEmpty(error.Reason);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"null"}]}""")]
    [InlineData("""{"type":"integer","minimum":5,"maximum":4}""")]
    [InlineData("""{"type":"number","minimum":1,"exclusiveMaximum":1}""")]
    [InlineData("""{"type":"array","minItems":2,"maxItems":1}""")]
    [InlineData("""{"type":"object","properties":{"a":false},"required":["a"]}""")]
    [InlineData("""{"type":"object","required":["a"],"additionalProperties":false}""")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""")]
    [InlineData("""{"type":"string","enum":[1]}""")]
    [InlineData("""{"not":{}}""")]
    [InlineData("""{"not":true}""")]
    [InlineData("""{"type":"null","not":{"type":"null"}}""")]
    [InlineData("""{"enum":[1],"not":{"const":1.0}}""")]
    [InlineData("""{"type":"object","required":["a"],"not":{"required":["a"]}}""")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"type":"boolean"},"minItems":3}""")]
    [InlineData("""{"type":"array","items":{"type":"string"},"contains":{"type":"null"}}""")]
    [InlineData("""{"type":"array","contains":{},"maxItems":0}""")]
    public void A_schema_that_nothing_satisfies_is_refused(string schema) =>
        Assert.Contains("No value satisfies", SchemaTexts.Refused(schema).Reason, StringComparison.Ordinal);

    [Fact]
    public void Too_deep_schemas_are_refused()
    {
        var schema = new StringBuilder();
        for (var i = 0; i < 200; i++) schema.Append("""{"type":"array","items":""");
        schema.Append("{}").Append('}', 200);
        Assert.Contains("nested more than", SchemaTexts.Refused(schema.ToString()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternatives_that_multiply_are_refused()
    {
        var parts = Enumerable.Range(0, 20).Select(i => $$"""{"anyOf":[{"minLength":{{i}}},{"maxLength":{{i + 100}}}]}""");
        Assert.Contains("multiplied out", SchemaTexts.Refused($$"""{"type":"string","allOf":[{{string.Join(',', parts)}}]}""").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_recursion_without_an_end_is_refused_when_compiled()
    {
        using var schema = System.Text.Json.JsonDocument.Parse("""{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""");
        var result = PolarGrid.Engine.Schemas.SchemaCompiler.Compile(schema.RootElement);
        Assert.Contains("No finite text", PolarGrid.Engine.Grammars.Grammar.Compile(result.Gbnf!).Error!.Message, StringComparison.Ordinal);
    }
}
