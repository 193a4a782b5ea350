using System.Text.Json;
using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Templates;

namespace PolarGrid.Engine.Tools;

/// <summary>Renders small conversations with a template to see what it does with them.</summary>
internal static class TemplateProbe
{
    private const string ToolName = "probe_tool", ArgumentName = "probe_argument";
    private const string Tools =
        "[{\"type\":\"function\",\"function\":{\"name\":\"" + ToolName + "\",\"description\":\"d\",\"parameters\":{\"type\":\"object\","
        + "\"properties\":{\"" + ArgumentName + "\":{\"type\":\"string\",\"description\":\"d\"}},\"required\":[\"" + ArgumentName + "\"]}}}]";

    /// <summary>The prompt's text; null when the template refuses the conversation.</summary>
    public static string? Render(ChatTemplate template, string messages, bool tools = false, bool thinking = false)
    {
        var variables = new Dictionary<string, TemplateValue>(StringComparer.Ordinal)
        {
            ["messages"] = Value(messages),
            ["add_generation_prompt"] = TemplateValue.From(true),
            ["bos_token"] = TemplateValue.FromTrusted(""),
            ["eos_token"] = TemplateValue.FromTrusted(""),
            ["enable_thinking"] = TemplateValue.From(thinking),
            ["thinking"] = TemplateValue.From(thinking),
            ["datetime"] = TemplateValue.FromCaller(""),
        };
        if (tools)
        {
            variables["tools"] = Value(Tools);
            variables["functions"] = TemplateValue.FromCaller(Tools);
        }

        var rendered = template.Render(variables);
        return rendered.Succeeded ? rendered.Value.Text : null;
    }

    public static bool ListsTools(ChatTemplate template) =>
        Render(template, """[{"role":"user","content":"u"}]""", tools: true)?.Contains(ToolName, StringComparison.Ordinal) is true;

    public static bool Opens(ChatTemplate template, ReasoningMarkers markers, bool thinking) =>
        Render(template, """[{"role":"user","content":"u"}]""", thinking: thinking)?
            .AsSpan().TrimEnd().EndsWith(markers.Open, StringComparison.Ordinal) is true;

    /// <summary>Tries the forms in which templates want earlier calls, and keeps the first that shows name and arguments.</summary>
    public static TemplateTraits WithCalls(ChatTemplate template, TemplateTraits traits)
    {
        foreach (var asObject in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var empty in (ReadOnlySpan<bool>)[false, true])
            {
                var text = Render(template, Conversation(asObject, empty), tools: true);
                if (text is null || !ShowsCall(text)) continue;
                return traits with { ShowsCalls = true, ArgumentsAsObject = asObject, EmptyContentBesideCalls = empty };
            }
        }

        return traits;
    }

    private static string Conversation(bool asObject, bool empty)
    {
        var arguments = "{\"" + ArgumentName + "\": \"here\"}";
        var written = asObject ? arguments : $"\"{JsonEncodedText.Encode(arguments)}\"";
        return "[{\"role\":\"user\",\"content\":\"u\"},{\"role\":\"assistant\",\"content\":" + (empty ? "\"\"" : "null")
            + ",\"tool_calls\":[{\"id\":\"abcdefgh1\",\"type\":\"function\",\"function\":{\"name\":\"" + ToolName + "\",\"arguments\":" + written
            + "}}]},{\"role\":\"tool\",\"tool_call_id\":\"abcdefgh1\",\"name\":\"" + ToolName + "\",\"content\":\"the result\"}]";
    }

    /// <summary>Behind the list of tools: the name, the arguments as JSON, and the result.</summary>
    private static bool ShowsCall(string text)
    {
        var result = text.IndexOf("the result", StringComparison.Ordinal);
        if (result < 0) return false;
        var call = text.AsSpan(0, result);
        var argument = call.LastIndexOf($"\"{ArgumentName}\"", StringComparison.Ordinal);
        return argument >= 0
            && call[argument..].Contains("\"here\"", StringComparison.Ordinal)
            && call[..argument].Contains(ToolName, StringComparison.Ordinal);
    }

    private static TemplateValue Value(string json)
    {
        using var document = JsonDocument.Parse(json);
        return TemplateValue.FromJson(document.RootElement);
    }
}
