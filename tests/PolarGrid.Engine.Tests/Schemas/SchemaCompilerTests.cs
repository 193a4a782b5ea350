using PolarGrid.Engine.Tests.Grammars;

namespace PolarGrid.Engine.Tests.Schemas;

/// <summary>Each keyword, by texts that must and must not come out. A bar separates texts.</summary>
public sealed class SchemaCompilerTests
{
    [Theory]
    [InlineData("""{"type":"null"}""", "null", "nil|\"null\"|")]
    [InlineData("""{"type":"boolean"}""", "true|false", "True|1")]
    [InlineData("""{"type":["boolean","null"]}""", "true|null", "0")]
    [InlineData("""{"type":"boolean","nullable":true}""", "true|null", "0")]
    [InlineData("""{"type":"string"}""", "\"\"|\"a b\"|\"é😀\"|\"\\n\\u00e9\\\"\"", "a|\"|\"a\"b\"|\"\\x\"|\"\\uD800\"|\"\n\"")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"ab\"|\"éé😀\"|\"\\n\\n\"", "\"a\"|\"abcd\"")]
    [InlineData("""{"type":"string","maxLength":0}""", "\"\"", "\"a\"")]
    [InlineData("""{"enum":["a\"b","é",1,1.5,null,{"k":[1,2]}]}""", "\"a\\\"b\"|\"é\"|1|1.5|null|{\"k\":[1,2]}", "2|\"a\"")]
    [InlineData("""{"const":"x"}""", "\"x\"", "\"y\"")]
    [InlineData("""{"type":"string","enum":["a",1,"bcd"],"maxLength":2}""", "\"a\"", "1|\"bcd\"")]
    [InlineData("""{"type":"integer"}""", "0|-1|42|1234567890123456", "01|1.0|-|+1")]
    [InlineData("""{"type":"number"}""", "0|-1.5|2e5|1.25E-3", ".5|1.|00|1e")]
    [InlineData("true", "1|\"x\"|[1, {\"a\":null}]|{}", "x")]
    [InlineData("{}", "1|\"x\"|[[[]]]|{\"a\": {\"b\":[]}}", "{a:1}")]
    [InlineData("""{"title":"t","description":"d","default":1,"examples":[1],"deprecated":true,"$schema":"x","x-own":1}""", "1|{}", "")]
    [InlineData("""{"not":{"type":["object","array"]}}""", "1|\"x\"|null|true", "{}|[]")]
    [InlineData("""{"type":["string","null"],"not":{"type":"null"}}""", "\"x\"", "null")]
    [InlineData("""{"minLength":1,"not":{"type":"string","description":"no texts"}}""", "1|null|{}", "\"x\"|\"\"")]
    [InlineData("""{"enum":["a","b",1,2],"not":{"enum":["b",2.0]}}""", "\"a\"|1", "\"b\"|2")]
    [InlineData("""{"allOf":[{"not":{"const":"b"}},{"enum":["a","b"]}]}""", "\"a\"", "\"b\"")]
    [InlineData("""{"type":"null","not":false}""", "null", "1")]
    public void Scalars_and_lists_of_values(string schema, string matching, string others) => Check(schema, matching, others);

    [Theory]
    [InlineData("""{"type":"integer","minimum":3,"maximum":12}""", "3|9|10|12", "2|13|03|3.0")]
    [InlineData("""{"type":"integer","minimum":-12,"maximum":5}""", "-12|-1|0|5", "-13|6|-0")]
    [InlineData("""{"type":"integer","minimum":-30,"maximum":-7}""", "-30|-10|-7", "-31|-6|7|30")]
    [InlineData("""{"type":"integer","exclusiveMinimum":0}""", "1|9999999999999999", "0|-1")]
    [InlineData("""{"type":"integer","minimum":0.5,"exclusiveMaximum":3}""", "1|2", "0|3")]
    [InlineData("""{"type":"integer","minimum":99,"maximum":1003}""", "99|100|999|1000|1003", "98|1004|9999")]
    [InlineData("""{"type":"integer","minimum":1,"exclusiveMinimum":true,"maximum":3,"exclusiveMaximum":false}""", "2|3", "1|4")]
    [InlineData("""{"type":"integer","multipleOf":5,"minimum":-10,"maximum":12}""", "-10|0|10", "-11|12|1")]
    [InlineData("""{"type":"number","multipleOf":0.01}""", "1|1.25|-0.1", "1.234|1e3")]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "0|1|0.5|1.0|0.99", "1.1|-0.1|2|1.01")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""", "0.5|0.001|0.999", "0|1|0.0|1.0")]
    [InlineData("""{"type":"number","minimum":-1.25,"maximum":2.5}""", "-1.25|-1.2|-0.5|0|2.5|2.49|1.999", "-1.26|-1.3|2.51|2.6|3|-2")]
    [InlineData("""{"type":"number","minimum":1.25,"maximum":1.75}""", "1.25|1.5|1.75|1.3", "1.2|1.76|1|2|1.24")]
    [InlineData("""{"type":"number","minimum":-5.5,"exclusiveMaximum":-2}""", "-5.5|-2.1|-3", "-2|-2.0|-5.6|-6|1")]
    [InlineData("""{"type":"number","minimum":1e2,"maximum":1.5e2}""", "100|150|149.5", "99|151|1e2")]
    [InlineData("""{"minimum":5}""", "5|6.5", "4|\"x\"")]
    [InlineData("""{"format":"int32"}""", "2147483647|-2147483648", "2147483648|1.5")]
    [InlineData("""{"allOf":[{"type":"integer","minimum":1},{"maximum":4},{"type":"number"}]}""", "1|4", "0|5|1.5")]
    public void Numbers(string schema, string matching, string others) => Check(schema, matching, others);

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"}},"required":["a"]}""",
        "{\"a\":1}|{\"a\": 1, \"b\": true}|{\"a\":1,\"b\":false}", "{}|{\"b\":true}|{\"b\":true,\"a\":1}|{\"a\":1,\"c\":1}|{ \"a\":1}|{\"a\":1,}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2},"c":{"const":3}}}""",
        "{}|{\"a\":1}|{\"b\":2}|{\"c\":3}|{\"a\":1,\"c\":3}|{\"a\":1,\"b\":2,\"c\":3}", "{,}|{\"c\":3,\"a\":1}|{\"a\":1\"c\":3}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2}},"required":["b"]}""", "{\"b\":2}|{\"a\":1,\"b\":2}", "{\"a\":1}|{}")]
    [InlineData("""{"type":"object","properties":{"ab":{"const":1}},"additionalProperties":{"type":"boolean"}}""",
        "{}|{\"ab\":1}|{\"ab\":1,\"x\":true}|{\"a\":true}|{\"abc\":true}|{\"\":true,\"b\":false}", "{\"ab\":true}|{\"x\":1}|{\"ab\":1,\"ab\":true}|{\"\\u0061b\":true}")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"},"maxProperties":2}""", "{}|{\"a\":1}|{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"c\":3}|{\"a\":\"x\"}")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"},"minProperties":1}""", "{\"a\":1}", "{}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2}},"minProperties":1,"additionalProperties":false}""", "{\"a\":1}|{\"b\":2}|{\"a\":1,\"b\":2}", "{}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2}},"minProperties":2}""", "{\"a\":1,\"b\":2}", "{}|{\"a\":1}")]
    [InlineData("""{"type":"object"}""", "{}|{\"a\":[1]}", "[]")]
    [InlineData("""{"type":"object","additionalProperties":false}""", "{}", "{\"a\":1}")]
    [InlineData("""{"type":"object","required":["a"]}""", "{\"a\":1}|{\"a\":{}}", "{}|{\"b\":1}")]
    [InlineData("""{"type":"object","properties":{"a":false,"b":true}}""", "{}|{\"b\":[]}", "{\"a\":1}")]
    [InlineData("""{"type":"object","patternProperties":{"^x-[a-z]$":{"type":"integer"}},"additionalProperties":false}""", "{}|{\"x-a\":1}", "{\"a\":1}|{\"x-a\":\"b\"}")]
    [InlineData("""{"type":"object","propertyNames":{"pattern":"^[a-z]{2}$"},"additionalProperties":{"type":"null"}}""", "{}|{\"ab\":null}", "{\"a\":null}|{\"abc\":null}")]
    [InlineData("""{"type":"object","propertyNames":{"enum":["k","l"]}}""", "{\"k\":1,\"l\":2}", "{\"m\":1}")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{"const":2},"a":{"minimum":5}},"required":["b"]}]}""",
        "{\"a\":5,\"b\":2}", "{\"a\":4,\"b\":2}|{\"a\":5}")]
    [InlineData("""{"allOf":[{"properties":{"a":{"minimum":5}}},{"additionalProperties":{"type":"integer"}}],"type":"object"}""", "{\"a\":5}|{\"b\":1}", "{\"a\":5.5}")]
    [InlineData("""{"properties":{"quo\"te":{"const":1},"é":{"const":2}}}""", "{\"quo\\\"te\":1,\"é\":2}", "{\"quo\"te\":1}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2},"c":{"const":3}},"dependentRequired":{"a":["b"]}}""",
        "{}|{\"b\":2}|{\"a\":1,\"b\":2}|{\"c\":3}|{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1}|{\"a\":1,\"c\":3}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2}},"dependencies":{"a":["b"],"b":["a"]}}""", "{}|{\"a\":1,\"b\":2}", "{\"a\":1}|{\"b\":2}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1}},"required":["a"],"dependentRequired":{"a":["n"]},"additionalProperties":{"type":"null"}}""", "{\"a\":1,\"n\":null}", "{\"a\":1}")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2}},"not":{"required":["a"]}}""", "{}|{\"b\":2}", "{\"a\":1}|{\"a\":1,\"b\":2}")]
    [InlineData("""{"not":{"required":["a"]},"additionalProperties":{"const":1}}""", "{}|{\"b\":1}", "{\"a\":1}|1")]
    [InlineData("""{"type":"object","not":{"required":["a"]},"minProperties":1}""", "{\"b\":1}|{\"ab\":1,\"c\":[]}", "{}|{\"a\":1}|{\"b\":1,\"a\":2}")]
    public void Objects(string schema, string matching, string others) => Check(schema, matching, others);

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[]|[1]|[1, 2,3]", "[1,]|[\"a\"]|[1 2]|[ ]")]
    [InlineData("""{"type":"array","items":{"type":"null"},"minItems":2,"maxItems":3}""", "[null,null]|[null,null,null]", "[]|[null]|[null,null,null,null]")]
    [InlineData("""{"type":"array","items":{"type":"null"},"minItems":1}""", "[null]|[null,null]", "[]")]
    [InlineData("""{"type":"array","maxItems":0}""", "[]", "[1]")]
    [InlineData("""{"type":"array","items":{"const":1},"maxItems":1}""", "[]|[1]", "[1,1]")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":2}],"items":false}""", "[]|[1]|[1,2]", "[2]|[1,2,3]")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":2}],"items":{"const":3},"minItems":1,"maxItems":4}""", "[1]|[1,2]|[1,2,3]|[1,2,3,3]", "[]|[1,3]|[1,2,3,3,3]")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":2}],"minItems":3}""", "[1,2,\"x\"]", "[1,2]")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":2},{"const":3}],"minItems":2}""", "[1,2]|[1,2,3]", "[1]|[1,2,3,4]")]
    [InlineData("""{"type":"array","items":[{"const":1}],"additionalItems":{"const":2}}""", "[]|[1]|[1,2,2]", "[2]|[1,3]")]
    [InlineData("""{"type":"array"}""", "[]|[1,\"a\",{}]", "{}")]
    [InlineData("""{"type":"array","uniqueItems":false,"items":{"const":1}}""", "[1,1]", "")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"enum":["a","b",1]}}""", "[]|[\"a\"]|[1, \"a\"]|[\"b\",1,\"a\"]", "[1,1]|[\"a\",\"b\",\"a\"]|[2]|[\"a\"")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"enum":[1,2,3,1.0]},"minItems":2,"maxItems":2}""", "[1,2]|[3,1]", "[]|[1]|[1,1]|[1,2,3]")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"type":"boolean"},"minItems":1}""", "[true]|[false,true]", "[]|[true,true]|[true,false,true]")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":{"type":"string"},"maxItems":1}""", "[]|[\"a\"]", "[\"a\",\"b\"]")]
    [InlineData("""{"type":"array","uniqueItems":true,"items":false}""", "[]", "[1]")]
    [InlineData("""{"type":"array","items":{"enum":[1,2]},"contains":{"const":2}}""", "[2]|[1,2]|[2,1]|[1, 1,2,1]|[2,2]", "[]|[1]|[1,1]|[3]")]
    [InlineData("""{"type":"array","items":{"enum":[1,2]},"contains":{"const":2},"minItems":3}""", "[2,1,1]|[1,2,1]|[1,1,2]|[1,1,1,1,2,1]", "[2]|[1,2]|[1,1,1]|[1,1,1,1]")]
    [InlineData("""{"type":"array","items":{"enum":[1,2]},"contains":{"const":2},"minItems":2,"maxItems":3}""", "[2,1]|[1,2]|[1,1,2]|[2,1,1]", "[2]|[1,1]|[1,1,1]|[1,1,1,2]")]
    [InlineData("""{"contains":{"type":"null"}}""", "[null]|[1,null,\"a\"]", "[]|[1]")]
    [InlineData("""{"type":"array","items":{"const":1},"contains":{"const":2},"minContains":0}""", "[]|[1]", "[2]")]
    public void Arrays(string schema, string matching, string others) => Check(schema, matching, others);

    [Theory]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string","maxLength":1}]}""", "1|\"a\"", "\"ab\"|null")]
    [InlineData("""{"type":"integer","anyOf":[{"maximum":1},{"minimum":5}]}""", "1|5", "2|\"x\"")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"null"}]}""", "1|null", "1.5")]
    [InlineData("""{"oneOf":[{"type":"object","properties":{"k":{"const":"a"},"x":{"const":1}},"required":["k","x"]},{"type":"object","properties":{"k":{"enum":["b"]}},"required":["k"]}]}""",
        "{\"k\":\"a\",\"x\":1}|{\"k\":\"b\"}", "{\"k\":\"a\"}|{\"k\":\"b\",\"x\":1}")]
    [InlineData("""{"oneOf":[{"properties":{"a":{"const":1}},"required":["a"],"type":"object"},{"properties":{"b":{"const":2}},"required":["b"],"type":"object"}]}""", "{\"a\":1}|{\"b\":2}", "{\"a\":1,\"b\":2}|{}")]
    [InlineData("""{"$ref":"#/$defs/n","$defs":{"n":{"type":"null"}}}""", "null", "1")]
    [InlineData("""{"$defs":{"n":{"type":"integer"}},"properties":{"a":{"$ref":"#/$defs/n","minimum":3,"description":"x"}},"required":["a"]}""", "{\"a\":3}", "{\"a\":2}")]
    [InlineData("""{"definitions":{"a/b":{"const":1},"c~d e":{"const":2}},"anyOf":[{"$ref":"#/definitions/a~1b"},{"$ref":"#/definitions/c~0d%20e"}]}""", "1|2", "3")]
    [InlineData("""{"$defs":{"t":{"type":"object","properties":{"v":{"const":1},"next":{"anyOf":[{"$ref":"#/$defs/t"},{"type":"null"}]}},"required":["v","next"],"additionalProperties":false}},"$ref":"#/$defs/t"}""",
        "{\"v\":1,\"next\":null}|{\"v\":1,\"next\":{\"v\":1,\"next\":{\"v\":1,\"next\":null}}}", "{\"v\":1}|{\"v\":1,\"next\":{}}")]
    [InlineData("""{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}}}""", "{}|{\"children\":[{},{\"children\":[]}]}", "{\"children\":[1]}")]
    [InlineData("""{"properties":{"x":{"$ref":"#"},"y":{"const":1}},"required":["y"]}""", "{\"x\":{\"y\":1},\"y\":1}", "{\"x\":{},\"y\":1}")]
    public void Alternatives_and_references(string schema, string matching, string others) => Check(schema, matching, others);

    [Theory]
    [InlineData("^[a-z]+$", "abc|z", "|A|ab1")]
    [InlineData("^\\\\d{3}-\\\\d{4}$", "555-1234", "555-123|5551234|x555-1234")]
    [InlineData("^(foo|ba[rz])?$", "|foo|bar|baz", "ba|foobar")]
    [InlineData("ab", "ab|xxaby", "a|ba")]
    [InlineData("^a", "a|abc", "ba")]
    [InlineData("a$", "a|bba", "ab")]
    [InlineData("^a|b$", "axx|xxb", "xa|bx")]
    [InlineData("^[^a-c\\\"]{2}$", "de|\\\\\\\\|é😀", "ab|\\\"x")]
    [InlineData("^.$", "x|\\\"|\\\\|中", "xx|\\n")]
    [InlineData("^\\\\w+@\\\\w+\\\\.com$", "a_1@b.com", "a@b|@b.com")]
    [InlineData("^(?:a{2}){2,3}?$", "aaaa|aaaaaa", "aa|aaaaa")]
    [InlineData("^(?<year>[0-9]{2})$", "19", "1")]
    [InlineData("^\\\\u0041\\\\x42\\\\n$", "AB\\n", "AB")]
    public void Patterns_are_matched_as_they_are_written_in_JSON(string pattern, string matching, string others) => Check(
        $$"""{"type":"string","pattern":"{{pattern}}"}""",
        string.Join('|', matching.Split('|').Select(text => $"\"{text}\"")),
        string.Join('|', others.Split('|').Select(text => $"\"{text}\"")));

    [Theory]
    [InlineData("""{"pattern":"^[a-z]+$","maxLength":3}""", "\"a\"|\"abc\"", "\"\"|\"abcd\"")]
    [InlineData("""{"pattern":"^[a-z]*$","minLength":2,"maxLength":3}""", "\"ab\"|\"abc\"", "\"a\"|\"abcd\"")]
    [InlineData("""{"pattern":"^x[a-z]{1,4}$","maxLength":5}""", "\"xa\"", "\"x\"")]
    public void A_pattern_of_one_class_takes_a_length_over(string schema, string matching, string others) => Check(schema, matching, others);

    [Theory]
    [InlineData("date", "2024-02-29|1999-12-31|2000-02-29", "2023-02-29|1900-02-29|2024-13-01|2024-04-31|24-01-01")]
    [InlineData("time", "23:59:59Z|00:00:00.5+01:30", "24:00:00Z|12:00:00|12:60:00Z")]
    [InlineData("date-time", "2024-01-31T10:00:00Z", "2024-01-31|2024-01-31 10:00:00Z")]
    [InlineData("duration", "P1Y2M3D|PT5M|P2W|P3DT4H", "P|PT|1D")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000")]
    [InlineData("email", "a.b+c@example.co.uk", "a@b|@b.c|a b@c.de")]
    [InlineData("hostname", "a|example.com|x-1.y", "-a|a-|a..b|a_b")]
    [InlineData("ipv4", "0.0.0.0|255.255.255.255|10.1.20.3", "256.1.1.1|1.1.1|01.1.1.1")]
    [InlineData("ipv6", "::|::1|1::|2001:db8::8a2e:370:7334|1:2:3:4:5:6:7:8|1:2:3:4:5:6:7::", ":::|1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|1::2::3|12345::")]
    [InlineData("uri", "https://example.com/a/b?c=d#e|http://x:8080|ftp://h/%20", "example.com|http:/x|http://h/%2")]
    public void Formats(string format, string matching, string others) => Check(
        $$"""{"type":"string","format":"{{format}}"}""",
        string.Join('|', matching.Split('|').Select(text => $"\"{text}\"")),
        string.Join('|', others.Split('|').Select(text => $"\"{text}\"")));

    private static void Check(string schema, string matching, string others)
    {
        var grammar = SchemaTexts.Compile(schema);
        grammar.ShouldMatch(matching.Split('|'));
        grammar.ShouldNotMatch([.. others.Split('|').Except(matching.Split('|'))]);
    }
}
