using System.Text.Json;
using PolarGrid.Engine.Templates;
using Shouldly;

namespace PolarGrid.Engine.Tests.Templates;

/// <summary>Short ways to parse and render.</summary>
internal static class Rendering
{
    public static TemplateError ParseError(string source)
    {
        var result = ChatTemplate.Parse(source);
        result.Succeeded.ShouldBeFalse();
        return result.Error;
    }

    public static string Text(string source, string variables = "{}") => Prompt(source, variables).Text;

    public static RenderedPrompt Prompt(string source, string variables = "{}")
    {
        var result = Render(source, variables);
        result.Error.ShouldBeNull();
        return result.Value!;
    }

    public static TemplateError Error(string source, string variables = "{}", TemplateLimits? limits = null)
    {
        var result = Render(source, variables, limits);
        result.Succeeded.ShouldBeFalse($"rendered {result.Value?.Text.Length} characters");
        return result.Error!;
    }

    public static TemplateResult<RenderedPrompt> Render(string source, string variables, TemplateLimits? limits = null)
    {
        var parsed = ChatTemplate.Parse(source);
        parsed.Error.ShouldBeNull();
        using var document = JsonDocument.Parse(variables);
        return parsed.Value!.Render(Variables(document.RootElement), limits, FixedClock.Instance);
    }

    /// <summary>As a server would pass them: tokens trusted, everything else as sent.</summary>
    public static Dictionary<string, TemplateValue> Variables(JsonElement variables) => variables.EnumerateObject().ToDictionary(
        v => v.Name,
        v => v.Name is "bos_token" or "eos_token" ? TemplateValue.FromTrusted(v.Value.GetString()!) : TemplateValue.FromJson(v.Value));
}
