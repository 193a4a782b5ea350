namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>JSON without a schema. Nested only so deep, so that an answer ends.</summary>
internal sealed class OpenRules(RuleSet rules)
{
    private readonly string?[] values = new string?[SchemaLimits.OpenDepth + 1];

    /// <summary>A character of a JSON string: as it is, or escaped; a \u escape is a whole character, never half of a pair.</summary>
    public const string Character =
        "([^\\\"\\\\\\x00-\\x1F\\x7F] | \"\\\\\" ([\\\"\\\\/bfnrt] | \"u\" ([0-9a-cefA-CEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2})))";

    /// <summary>A character of a key that no schema names: never escaped, so that it can be told from those that are named.</summary>
    public const string KeyCharacter = "[^\\\"\\\\\\x00-\\x1F\\x7F]";

    /// <summary>Longest such key.</summary>
    public const int LongestKey = 64;

    public const string Number = "\"-\"? (\"0\" | [1-9] [0-9]{0,15}) (\".\" [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?";

    public const string Boolean = "(\"true\" | \"false\")", Null = "\"null\"";

    public string Text() => rules.Add($"\"\\\"\" {rules.Add(Character)}* \"\\\"\"");

    public string Key() => rules.Add($"\"\\\"\" {KeyCharacter}{{0,{LongestKey}}} \"\\\"\"");

    /// <summary>Any value with so many levels of objects and arrays.</summary>
    public string Value(int levels = SchemaLimits.OpenDepth)
    {
        if (values[levels] is { } known) return known;
        var scalar = $"{Text()} | {rules.Add(Number)} | {Boolean} | {Null}";
        return values[levels] = rules.Add(levels == 0 ? scalar : $"{Object(levels)} | {Array(levels)} | {scalar}");
    }

    public string Object(int levels = SchemaLimits.OpenDepth)
    {
        var pair = rules.Add($"{Key()} {Gbnf.Colon} {Value(levels - 1)}");
        return rules.Add($"\"{{\" ({pair} ({Gbnf.Comma} {pair})*)? \"}}\"");
    }

    public string Array(int levels = SchemaLimits.OpenDepth)
    {
        var value = Value(levels - 1);
        return rules.Add($"\"[\" ({value} ({Gbnf.Comma} {value})*)? \"]\"");
    }
}
