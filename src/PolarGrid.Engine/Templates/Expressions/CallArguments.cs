using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary>The unevaluated arguments of a call, filter or test.</summary>
internal sealed class CallArguments(Expression[] positional, KeyValuePair<string, Expression>[] named)
{
    public static readonly CallArguments None = new([], []);

    /// <summary>For the depth of the node that holds these.</summary>
    public Expression? Deepest { get; } = positional.Concat(named.Select(n => n.Value)).MaxBy(e => e.Depth);

    public Arguments Evaluate(RenderContext context)
    {
        if (positional.Length == 0 && named.Length == 0) return Arguments.None;
        var values = positional.Length == 0 ? [] : new TemplateValue[positional.Length];
        for (var i = 0; i < values.Length; i++) values[i] = positional[i].Evaluate(context);
        var keywords = named.Length == 0 ? [] : new KeyValuePair<string, TemplateValue>[named.Length];
        for (var i = 0; i < keywords.Length; i++) keywords[i] = new(named[i].Key, named[i].Value.Evaluate(context));
        return new Arguments(values, keywords);
    }
}
