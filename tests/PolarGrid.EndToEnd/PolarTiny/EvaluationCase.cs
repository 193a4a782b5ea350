using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolarGrid.EndToEnd.Running;

namespace PolarGrid.EndToEnd.PolarTiny;

/// <summary>One line of <c>eval_cases.jsonl</c>; the model's README says what it may hold. All rules of a case must hold.</summary>
internal sealed partial class EvaluationCase(JsonNode line)
{
    private const int UsualTokens = 200;

    public string Id => (string)line["id"]!;

    public string Group => (string)line["group"]!;

    private bool HasTools => line["tools"] is not null;

    public JsonObject Request()
    {
        var request = new JsonObject
        {
            ["model"] = TestModel.Name,
            ["messages"] = line["messages"]!.DeepClone(),
            ["temperature"] = 0,
            ["max_tokens"] = (int?)line["max_tokens"] ?? UsualTokens,
        };
        if (HasTools) request["tools"] = line["tools"]!.DeepClone();
        if ((bool?)line["enable_thinking"] is true) request["enable_thinking"] = true;
        return request;
    }

    /// <summary>Whether an answer keeps every rule.</summary>
    public bool IsMetBy(JsonNode message)
    {
        var expect = line["expect"]!;
        var content = (string?)message["content"] ?? "";
        if ((bool?)expect["thinking"] is true)
        {
            var thought = Thought().Match(content);
            if (thought.Success) content = content[thought.Length..];
            else if (string.IsNullOrWhiteSpace((string?)message["reasoning_content"])) return false;
        }
        else if (content.Contains("<think>", StringComparison.Ordinal))
        {
            return false;
        }

        content = content.Trim();
        try
        {
            return CallsAsExpected(expect, message, content) && SaysAsExpected(expect, content);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, another kind of value than asked for, or the same key twice.
            return false;
        }
    }

    private static bool SaysAsExpected(JsonNode expect, string content)
    {
        bool Holds(JsonNode? part) => content.Contains((string)part!, StringComparison.OrdinalIgnoreCase);
        return (expect["contains"]?.AsArray().All(Holds) ?? true)
            && (expect["any"]?.AsArray().Any(Holds) ?? true)
            && (expect["equals"] is not { } whole || content == (string)whole!)
            && (expect["regex"] is not { } pattern || Regex.IsMatch(content, (string)pattern!))
            && (expect["json"] is not { } value || JsonNode.DeepEquals(JsonNode.Parse(content), value));
    }

    private static bool CallsAsExpected(JsonNode expect, JsonNode message, string content)
    {
        var call = CallOf(message, content);
        return (expect["tool_call"] is not { } expected || JsonNode.DeepEquals(call, expected))
            && ((bool?)expect["no_tool_call"] is not true || call is null);
    }

    /// <summary>The call, read by the server or still in the text.</summary>
    private static JsonNode? CallOf(JsonNode message, string content)
    {
        if (message["tool_calls"]?.AsArray() is [{ } first, ..])
        {
            return new JsonObject
            {
                ["name"] = first["function"]!["name"]!.DeepClone(),
                ["arguments"] = JsonNode.Parse((string)first["function"]!["arguments"]!),
            };
        }

        var written = Call().Match(content);
        return written.Success ? JsonNode.Parse(written.Groups[1].Value) : null;
    }

    [GeneratedRegex(@"^\s*<think>.+?</think>", RegexOptions.Singleline)]
    private static partial Regex Thought();

    [GeneratedRegex(@"<tool_call>\s*(.*?)\s*</tool_call>", RegexOptions.Singleline)]
    private static partial Regex Call();
}
