using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary>A macro's name, parameters and body; also the body of a call statement.</summary>
internal sealed class MacroDefinition(string name, MacroParameter[] parameters, Statement[] body, MacroSymbols symbols)
{
    public string Name { get; } = name;

    public Statement[] Body { get; } = body;

    /// <summary>Gives every parameter its value in the frame that is current.</summary>
    public void Bind(RenderContext context, Arguments arguments)
    {
        if (arguments.Positional.Length > parameters.Length && !symbols.UsesVarargs)
            throw TemplateFault.Evaluation($"{Name}() takes at most {parameters.Length} arguments, not {arguments.Positional.Length}.");
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            var value = arguments.Find(i, parameter.Name) ?? parameter.Default?.Evaluate(context) ?? parameter.Missing;
            context.Frame.Set(parameter.Symbol, value);
        }

        BindRest(context, arguments);
    }

    private void BindRest(RenderContext context, Arguments arguments)
    {
        var rest = new DictBuilder();
        foreach (var (key, value) in arguments.Named)
        {
            if (Array.Exists(parameters, p => p.Name == key)) continue;
            if (key == "caller") context.Frame.Set(symbols.Caller, value);
            else if (symbols.UsesKwargs) rest.Set(StringValue.Trust(key), value);
            else throw TemplateFault.Evaluation($"{Name}() has no argument '{key}'.");
        }

        if (symbols.UsesKwargs) context.Frame.Set(symbols.Kwargs, rest.Build());
        if (symbols.UsesVarargs) context.Frame.Set(symbols.Varargs, ListValue.Tuple(arguments.Skip(parameters.Length).Positional));
    }
}
