using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Statements;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>Macros, and the call statements that hand them a body.</summary>
internal sealed class MacroParser(TokenStream tokens, ExpressionParser expressions, Func<string, Statement[]> parseBody)
{
    public MacroStatement ParseMacro()
    {
        var name = tokens.TakeName().Text;
        var definition = ParseDefinition(name, ParseParameters(), "endmacro");
        return new MacroStatement(tokens.Symbol(name), definition);
    }

    public CallStatement ParseCall()
    {
        var parameters = tokens.IsOperator("(") ? ParseParameters() : [];
        var position = tokens.Current.Position;
        if (expressions.ParsePostfixed() is not CallExpression call) throw TemplateFault.Syntax("A call statement needs a call.", position);
        return new CallStatement(call, ParseDefinition("caller", parameters, "endcall"));
    }

    private MacroDefinition ParseDefinition(string name, MacroParameter[] parameters, string end)
    {
        tokens.Skip(TokenKind.TagEnd, "%}");
        var first = tokens.Index;
        var body = parseBody(end);
        var symbols = new MacroSymbols(
            tokens.Symbol("caller"),
            tokens.Symbol("varargs"),
            tokens.Symbol("kwargs"),
            tokens.IsMentioned("varargs", first),
            tokens.IsMentioned("kwargs", first));
        return new MacroDefinition(name, parameters, body, symbols);
    }

    private MacroParameter[] ParseParameters()
    {
        tokens.SkipOperator("(");
        var parameters = new List<MacroParameter>();
        while (!tokens.TrySkipOperator(")"))
        {
            var name = tokens.TakeName().Text;
            var fallback = tokens.TrySkipOperator("=") ? expressions.Parse() : null;
            parameters.Add(new MacroParameter(name, tokens.Symbol(name), fallback));
            if (!tokens.IsOperator(")")) tokens.SkipOperator(",");
        }

        return [.. parameters];
    }
}
