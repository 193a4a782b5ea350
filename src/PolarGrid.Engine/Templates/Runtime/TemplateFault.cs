namespace PolarGrid.Engine.Templates.Runtime;

/// <summary>
/// Unwinds the interpreter. Never leaves this folder: <see cref="ChatTemplate"/> turns it into a <see cref="TemplateError"/>.
/// An exception because every operation of the language can fail and a result type at each would hide the language.
/// </summary>
internal sealed class TemplateFault(TemplateStage stage, string message, string? limit = null, int position = TemplateFault.Unknown)
    : Exception(message)
{
    public const int Unknown = -1;

    public TemplateStage Stage { get; } = stage;

    public string? Limit { get; } = limit;

    /// <summary>Offset in the source, or <see cref="Unknown"/>: then the operation that was running is meant.</summary>
    public int Position { get; } = position;

    public static TemplateFault Evaluation(string message) => new(TemplateStage.Evaluation, message);

    public static TemplateFault Syntax(string message, int position) => new(TemplateStage.Syntax, message, null, position);

    public static TemplateFault Exceeded(string limit, long value, string what) =>
        new(TemplateStage.Limit, $"The template exceeded {limit} ({value}): {what}.", limit);
}
