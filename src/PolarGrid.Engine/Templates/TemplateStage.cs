namespace PolarGrid.Engine.Templates;

/// <summary>Where a template failed, and so whose mistake it is.</summary>
public enum TemplateStage
{
    /// <summary>The source is not a template we can run: the model file's fault.</summary>
    Syntax,

    /// <summary>An operation made no sense on its values: the template's fault, or of input it did not expect.</summary>
    Evaluation,

    /// <summary>The template called <c>raise_exception</c>: it refuses this conversation, in its own words.</summary>
    Template,

    /// <summary>The template asked for more than <see cref="TemplateLimits"/> allows.</summary>
    Limit,
}
