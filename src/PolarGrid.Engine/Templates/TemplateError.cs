namespace PolarGrid.Engine.Templates;

/// <summary>Why a template was refused or stopped.</summary>
/// <param name="Message">One sentence; for <see cref="TemplateStage.Template"/> exactly what the template said.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 characters.</param>
/// <param name="Limit">Name of the <see cref="TemplateLimits"/> member that was exceeded, else null.</param>
public sealed record TemplateError(TemplateStage Stage, string Message, int Line, int Column, string? Limit = null)
{
    public override string ToString() => $"{Message} (line {Line}, column {Column})";
}
