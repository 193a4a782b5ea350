using System.Globalization;
using System.Text.Json.Nodes;

namespace PolarGrid.Testing.Schemas;

/// <summary>Makes JSON Schemas out of everything that can be enforced. The same seed makes the same schema.</summary>
public sealed class RandomSchema
{
    private static readonly string[] Names = ["id", "name", "a b", "quo\"te", "é", "x-y", "value", "items", "next", "", "na", "names", "😀"];
    private static readonly string[] Formats =
        ["date", "time", "date-time", "duration", "uuid", "email", "hostname", "ipv4", "ipv6", "uri", "base64"];

    private static readonly string[] Classes = ["[a-z]", "[A-Z0-9]", "\\d", "\\w", "[^\"\\\\]", ".", "[é-ü]", "\\s", "x", "\\."];

    private readonly Random random;
    private readonly JsonObject definitions = [];
    private int depth;

    private RandomSchema(int seed) => random = new Random(seed);

    public static string Make(int seed)
    {
        var maker = new RandomSchema(seed);
        var count = maker.random.Next(3);
        for (var i = 0; i < count; i++) maker.definitions[$"d{i}"] = null;
        var schema = maker.Object();
        for (var i = 0; i < count; i++) maker.definitions[$"d{i}"] = maker.Any();
        if (count > 0) schema["$defs"] = maker.definitions.DeepClone();
        return schema.ToJsonString();
    }

    private JsonNode Any()
    {
        depth++;
        JsonNode schema = depth > 4 ? Scalar() : random.Next(20) switch
        {
            < 7 => Scalar(),
            < 11 => Object(),
            < 14 => Array(),
            14 => new JsonObject { ["anyOf"] = new JsonArray(Any(), Any()) },
            15 => new JsonObject { ["oneOf"] = new JsonArray(Text(), Number(), new JsonObject { ["type"] = "null" }) },
            16 => Both(),
            17 => new JsonObject { ["type"] = new JsonArray("string", "null"), ["maxLength"] = random.Next(9) },
            18 when definitions.Count > 0 => Reference(),
            _ => random.Next(2) == 0 ? JsonValue.Create(true) : new JsonObject { ["description"] = "anything" },
        };
        depth--;
        return schema;
    }

    /// <summary>Behind an alternative, so that recursion can end.</summary>
    private JsonObject Reference() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "null" },
            new JsonObject
            {
                ["type"] = "array", ["maxItems"] = 2, ["items"] = new JsonObject { ["$ref"] = $"#/$defs/d{random.Next(definitions.Count)}" },
            }),
    };

    private JsonObject Both() => new()
    {
        ["allOf"] = new JsonArray(
            new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["l"] = Scalar() }, ["required"] = new JsonArray("l") },
            new JsonObject { ["properties"] = new JsonObject { ["r"] = Any() } }),
    };

    private JsonObject Scalar() => random.Next(6) switch
    {
        0 or 1 => Text(),
        2 or 3 => Number(),
        4 => new JsonObject { ["type"] = random.Next(2) == 0 ? "boolean" : "null" },
        _ => new JsonObject { ["enum"] = new JsonArray("one", "two \"2\"", 3, 4.5, null, true, new JsonObject { ["k"] = new JsonArray(1) }) },
    };

    private JsonObject Text()
    {
        var schema = new JsonObject { ["type"] = "string" };
        switch (random.Next(5))
        {
            case 0:
                schema["format"] = Formats[random.Next(Formats.Length)];
                break;
            case 1:
                schema["pattern"] = Pattern();
                break;
            case 2:
                var least = random.Next(5);
                schema["minLength"] = least;
                schema["maxLength"] = least + random.Next(30);
                break;
            case 3:
                schema["minLength"] = random.Next(4);
                break;
        }

        return schema;
    }

    private string Pattern()
    {
        var parts = Enumerable.Range(0, 1 + random.Next(4)).Select(_ =>
        {
            var part = Classes[random.Next(Classes.Length)];
            if (random.Next(4) == 0) part = $"({part}|{Classes[random.Next(Classes.Length)]}{{2}})";
            return part + (random.Next(5) switch { 0 => "+", 1 => "?", 2 => "{1,4}", 3 => "*", _ => "" });
        });
        return (random.Next(4) > 0 ? "^" : "") + string.Concat(parts) + (random.Next(4) > 0 ? "$" : "");
    }

    private JsonObject Number()
    {
        var schema = new JsonObject { ["type"] = random.Next(2) == 0 ? "integer" : "number" };
        var scale = (int)Math.Pow(10, random.Next(4));
        var least = Math.Round((decimal)(random.NextDouble() - 0.5) * scale * 100, random.Next(4));
        var most = least + 1 + Math.Round((decimal)random.NextDouble() * scale, random.Next(4));
        if (random.Next(2) == 0) schema[random.Next(3) == 0 ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(least);
        if (random.Next(2) == 0) schema[random.Next(3) == 0 ? "exclusiveMaximum" : "maximum"] = JsonValue.Create(most + 1);
        return schema;
    }

    private JsonObject Array()
    {
        if (random.Next(6) == 0) return Set();
        var schema = new JsonObject { ["type"] = "array" };
        var prefix = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        if (prefix > 0) schema["prefixItems"] = new JsonArray([.. Enumerable.Range(0, prefix).Select(_ => Any())]);
        if (random.Next(4) > 0) schema["items"] = random.Next(8) == 0 && prefix > 0 ? JsonValue.Create(false) : Any();
        var least = random.Next(3);
        if (random.Next(2) == 0 && (schema["items"] is not JsonValue || least <= prefix)) schema["minItems"] = least;
        schema["maxItems"] = least + random.Next(4);
        return schema;
    }

    /// <summary>Without equal items, or with one that must be there.</summary>
    private JsonObject Set()
    {
        if (random.Next(2) == 0)
        {
            return new JsonObject
            {
                ["type"] = "array", ["uniqueItems"] = true, ["minItems"] = random.Next(3), ["maxItems"] = 3 + random.Next(4),
                ["items"] = random.Next(3) == 0 ? new JsonObject { ["type"] = "boolean" } : new JsonObject { ["enum"] = new JsonArray("a", "b", 1, 1.5, null) },
            };
        }

        var least = random.Next(4);
        var schema = new JsonObject { ["type"] = "array", ["items"] = Scalar(), ["minItems"] = least, ["contains"] = new JsonObject { ["type"] = new JsonArray("string", "number", "null", "boolean", "object") } };
        if (random.Next(2) == 0) schema["maxItems"] = least + 1 + random.Next(3);
        return schema;
    }

    private JsonObject Object()
    {
        var schema = new JsonObject { ["type"] = "object" };
        var properties = new JsonObject();
        foreach (var name in Names.OrderBy(_ => random.Next()).Take(random.Next(5))) properties[name] = Any();
        if (properties.Count > 0 || random.Next(2) == 0) schema["properties"] = properties;
        var required = properties.Select(property => property.Key).Where(_ => random.Next(2) == 0).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        switch (random.Next(4))
        {
            case 0:
                schema["additionalProperties"] = false;
                break;
            case 1:
                schema["additionalProperties"] = Scalar();
                break;
        }

        if (properties.Count == 0 && random.Next(3) == 0) schema["maxProperties"] = 3;
        if (properties.Count == 0 && !(schema["additionalProperties"] is JsonValue) && random.Next(3) == 0) schema["minProperties"] = 1;
        var names = properties.Select(property => property.Key).ToArray();
        if (names.Length > 1 && random.Next(5) == 0) schema["dependentRequired"] = new JsonObject { [names[0]] = new JsonArray(names[1]), [names[^1]] = new JsonArray(names[0]) };
        if (random.Next(8) == 0) schema["not"] = random.Next(2) == 0 ? new JsonObject { ["required"] = new JsonArray("never") } : new JsonObject { ["type"] = "null" };
        schema["title"] = random.Next().ToString(CultureInfo.InvariantCulture);
        return schema;
    }
}
