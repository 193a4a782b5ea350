namespace PolarGrid.Engine.Templates;

/// <summary>
/// What one rendering may use. A template comes out of a model file that anyone may have made, so none of this is a matter
/// of trust. The defaults leave a factor of ten or more over the heaviest known template with a thousand messages.
/// </summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Expressions, statements and iterations evaluated. 4 million take a few hundred milliseconds.</summary>
    public int MaxSteps { get; init; } = 4_000_000;

    /// <summary>Characters of the finished prompt.</summary>
    public int MaxOutputCharacters { get; init; } = 16 * 1024 * 1024;

    /// <summary>Characters of all texts made on the way, the prompt included; bounds memory (two bytes each).</summary>
    public int MaxTextCharacters { get; init; } = 128 * 1024 * 1024;

    /// <summary>Members of all lists and dicts made on the way, <c>range()</c> included.</summary>
    public int MaxItems { get; init; } = 1_000_000;

    /// <summary>Macro calls inside each other, and levels of a nested value that is compared or printed.</summary>
    public int MaxDepth { get; init; } = 100;
}
