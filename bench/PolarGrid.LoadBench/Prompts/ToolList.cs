using System.Text.Json.Nodes;

namespace PolarGrid.LoadBench.Prompts;

/// <summary>Function tools as agents send them: a description and two parameters each. Their words come from the source's seed.</summary>
internal static class ToolList
{
    private const int DescriptionTokens = 6;

    public static string Make(PromptSource prompts, int count) =>
        new JsonArray([.. Enumerable.Range(0, count).Select(index => (JsonNode)Tool(prompts, index))]).ToJsonString();

    private static JsonObject Tool(PromptSource prompts, int index) => new()
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = $"tool_{index}",
            ["description"] = prompts.Text(DescriptionTokens),
            ["parameters"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["target"] = new JsonObject { ["type"] = "string" },
                    ["mode"] = new JsonObject { ["enum"] = new JsonArray("fast", "slow", "safe") },
                },
                ["required"] = new JsonArray("target", "mode"),
                ["additionalProperties"] = false,
            },
        },
    };
}
