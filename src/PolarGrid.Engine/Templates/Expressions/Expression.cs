using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary>A node of a parsed template. Immutable: one template renders on many threads.</summary>
internal abstract class Expression
{
    /// <summary>
    /// Deepest tree that is accepted. Evaluation recurses once per level, so that this bounds the stack between two checks.
    /// Counted on the tree and not while parsing, because a chain such as <c>a.b.c.d</c> is parsed without recursion.
    /// </summary>
    public const int MaxDepth = 120;

    protected Expression(int position, params ReadOnlySpan<Expression?> children)
    {
        Position = position;
        foreach (var child in children)
            if (child is not null && child.Depth >= Depth) Depth = child.Depth + 1;
        if (Depth > MaxDepth) throw TemplateFault.Syntax($"The expression is nested deeper than {MaxDepth} levels.", position);
    }

    /// <summary>Offset in the source of what a message about this node should point at.</summary>
    public int Position { get; }

    public int Depth { get; }

    public TemplateValue Evaluate(RenderContext context)
    {
        context.Step();
        return Compute(context);
    }

    protected abstract TemplateValue Compute(RenderContext context);
}
