using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>Something that can be followed by parentheses: a macro, a global function or a bound method.</summary>
internal abstract class CallableValue(string name) : TemplateValue
{
    public string Name { get; } = name;

    internal override string Noun => "a function";

    internal override bool IsTruthy => true;

    public abstract TemplateValue Call(RenderContext context, Arguments arguments);
}
