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

    /// <summary>Calls written as text: templates that count turns may refuse the message behind the result.</summary>
    private const string TextBeforeResult =
        "[{\"role\":\"user\",\"content\":\"u\"},{\"role\":\"assistant\",\"content\":\"a call\"},"
        + "{\"role\":\"tool\",\"tool_call_id\":\"abcdefgh1\",\"name\":\"" + ToolName + "\",\"content\":\"r\"},"
        + "{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"u\"}]";

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
                var text = Render(template, Conversation(asObject, empty ? "\"\"" : "null"), tools: true);
                if (text is null || !ShowsCall(text)) continue;
                var both = Render(template, Conversation(asObject, "\"some words\""), tools: true);
                var two = Render(template, Conversation(asObject, empty ? "\"\"" : "null", "two"), tools: true);
                return traits with
                {
                    ShowsCalls = true,
                    ArgumentsAsObject = asObject,
                    EmptyContentBesideCalls = empty,
                    LosesTextBesideCalls = (both is null || !ShowsCall(both) || !both.Contains("some words", StringComparison.Ordinal))
                        && Render(template, TextBeforeResult, tools: true) is not null,
                    OneCallPerMessage = two is null || !two.Contains("two_argument", StringComparison.Ordinal),
                };
            }
        }

        return traits;
    }

    private static string Conversation(bool asObject, string content, string? second = null)
    {
        var calls = Call("abcdefgh1", ArgumentName, asObject);
        var results = Result("abcdefgh1");
        if (second is not null)
        {
            calls += "," + Call("abcdefgh2", second + "_argument", asObject);
            results += "," + Result("abcdefgh2");
        }

        return "[{\"role\":\"user\",\"content\":\"u\"},{\"role\":\"assistant\",\"content\":" + content
            + ",\"tool_calls\":[" + calls + "]}," + results + "]";
    }

    private static string Call(string id, string argument, bool asObject)
    {
        var arguments = "{\"" + argument + "\": \"here\"}";
        var written = asObject ? arguments : $"\"{JsonEncodedText.Encode(arguments)}\"";
        return "{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + ToolName + "\",\"arguments\":" + written + "}}";
    }

    private static string Result(string id) =>
        "{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"name\":\"" + ToolName + "\",\"content\":\"the result\"}";

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
