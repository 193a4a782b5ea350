using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Templates;

namespace PolarGrid.Engine.Tools;

/// <summary>
/// Finds out what a chat template says about tools and thinking: by the markers in its text, and by rendering small conversations
/// and looking at what comes out. A template of a model never fails here; what it cannot do is then done in its place.
/// </summary>
public static class TemplateReader
{
    private static readonly string[] KnownSwitches = ["enable_thinking", "thinking", "reasoning_effort", "thinking_budget"];

    /// <summary>The first marker that occurs decides; those that contain others come first.</summary>
    private static readonly (string Marker, ToolFamily Family)[] Families =
    [
        ("<｜tool▁call", ToolFamily.DeepSeek),
        ("[ARGS]", ToolFamily.MistralArguments),
        ("[TOOL_CALLS]", ToolFamily.Mistral),
        ("<TOOLCALL>", ToolFamily.Nemotron),
        ("functools[", ToolFamily.FireFunction),
        ("<|tool_call|>", ToolFamily.Granite),
        ("\"tool_name\"", ToolFamily.CommandR),
        ("<tool_call>", ToolFamily.Hermes),
        ("<function=", ToolFamily.Functionary),
        ("{\"name\": function name, \"parameters\"", ToolFamily.Llama3),
        ("<|python_tag|>", ToolFamily.Llama3),
    ];

    /// <summary>Texts of forms that are none of the families: calls are then asked for in words.</summary>
    private static readonly string[] OtherForms = ["<seed:tool_call>", "<parameter="];

    private static readonly ReasoningMarkers[] Reasoning =
    [
        new("<seed:think>", "</seed:think>"),
        new("[THINK]", "[/THINK]"),
        new("<think>", "</think>"),
    ];

    public static TemplateTraits Read(ChatTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var names = template.Names.ToHashSet(StringComparer.Ordinal);
        var known = FamilyOf(template.Source) is var family && family != ToolFamily.Generic;
        var traits = new TemplateTraits
        {
            Tools = family,
            NineCharacterCallIds = template.Source.Contains("|length != 9", StringComparison.Ordinal),
            Reasoning = MarkersOf(template.Source, names),
            Switches = [.. KnownSwitches.Where(names.Contains)],
            TakesSystemMessage = TemplateProbe.Render(template, "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"u\"}]") is not null,
            ListsTools = known && TemplateProbe.ListsTools(template),
        };
        traits = known ? TemplateProbe.WithCalls(template, traits) : traits;
        if (traits.Reasoning is not { } markers) return traits;
        return traits with
        {
            OpensThinkingWhenOn = TemplateProbe.Opens(template, markers, thinking: true),
            OpensThinkingWhenOff = TemplateProbe.Opens(template, markers, thinking: false),
        };
    }

    private static ToolFamily FamilyOf(string source)
    {
        if (Array.Exists(OtherForms, form => source.Contains(form, StringComparison.Ordinal))) return ToolFamily.Generic;
        foreach (var (marker, family) in Families)
        {
            if (!source.Contains(marker, StringComparison.Ordinal)) continue;
            return family == ToolFamily.DeepSeek && !source.Contains("```json", StringComparison.Ordinal) ? ToolFamily.DeepSeekPlain : family;
        }

        return ToolFamily.Generic;
    }

    /// <summary>A template with a switch and without markers leaves them to the model: they are then the usual ones.</summary>
    private static ReasoningMarkers? MarkersOf(string source, HashSet<string> names) =>
        Array.Find(Reasoning, markers => source.Contains(markers.Open, StringComparison.Ordinal) || source.Contains(markers.Close, StringComparison.Ordinal))
        ?? (names.Contains("enable_thinking") ? Reasoning[^1] : null);
}
