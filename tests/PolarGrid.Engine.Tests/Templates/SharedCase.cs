using System.Text.Json;
using System.Text.Json.Nodes;
using PolarGrid.Engine.Templates;
using PolarGrid.Testing;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>One shared template with one conversation, in six variants.</summary>
internal sealed record SharedCase(string Template, string Conversation, string Source, JsonElement[] Variants)
{
    /// <summary>Of the shared folder: what a test that uses them needs.</summary>
    public const string Folder = "templates";

    public string Name => $"{Template} / {Conversation}";

    public static IEnumerable<SharedCase> All()
    {
        using var file = File.OpenRead(SourceTree.At("tests/PolarGrid.Engine.Tests/Templates/conversations.json"));
        var conversations = JsonNode.Parse(file)!.AsArray();
        foreach (var path in Directory.GetFiles(SharedFiles.Get(Folder), "*.jinja").Order(StringComparer.Ordinal))
        {
            var source = File.ReadAllText(path);
            foreach (var conversation in conversations)
            {
                var variants = VariantsOf(conversation!["variables"]!.AsObject()).ToArray();
                yield return new SharedCase(Path.GetFileName(path), conversation["name"]!.GetValue<string>(), source, variants);
            }
        }
    }

    /// <summary>Null where the rendering failed.</summary>
    public string?[] Render()
    {
        var template = ChatTemplate.Parse(Source).Value!;
        return [.. Variants.Select(v => template.Render(Rendering.Variables(v), TemplateLimits.Default, FixedClock.Instance).Value?.Text)];
    }

    private static IEnumerable<JsonElement> VariantsOf(JsonObject variables)
    {
        foreach (var prompt in new[] { true, false })
        {
            foreach (var thinking in new bool?[] { null, true, false })
            {
                var variant = variables.DeepClone().AsObject();
                variant["bos_token"] = "<s>";
                variant["eos_token"] = "</s>";
                variant["add_generation_prompt"] = prompt;
                if (thinking is { } value) variant["enable_thinking"] = value;
                yield return JsonSerializer.SerializeToElement(variant);
            }
        }
    }
}
