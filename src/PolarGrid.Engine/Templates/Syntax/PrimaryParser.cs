using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>Literals, names and brackets, and what can be appended to a value: members, calls, filters and tests.</summary>
internal sealed class PrimaryParser(TokenStream tokens, ExpressionParser expressions)
{
    /// <summary>Names that end a test instead of being its argument.</summary>
    private static readonly FrozenSet<string> Keywords = new[] { "else", "or", "and", "if", "is", "in", "not" }.ToFrozenSet();

    public Expression ParsePrimary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Take();
                return Constant(token.Text) is { } constant
                    ? new LiteralExpression(token.Position, constant)
                    : new NameExpression(token.Position, token.Text, tokens.Symbol(token.Text));
            case TokenKind.String:
                return new LiteralExpression(token.Position, StringValue.Trust(TakeStrings()));
            case TokenKind.Integer:
                return new LiteralExpression(token.Position, IntegerValue.Of(ReadInteger(tokens.Take())));
            case TokenKind.Float:
                return new LiteralExpression(token.Position, new FloatValue(double.Parse(tokens.Take().Text, CultureInfo.InvariantCulture)));
            case TokenKind.Operator when token.Text == "(":
                return ParseParentheses();
            case TokenKind.Operator when token.Text == "[":
                tokens.Take();
                return new ListExpression(token.Position, ParseItems("]"), isTuple: false);
            case TokenKind.Operator when token.Text == "{":
                return ParseDict();
            default:
                throw tokens.Unexpected("a value");
        }
    }

    public Expression ParsePostfix(Expression expression)
    {
        while (tokens.Current.Kind == TokenKind.Operator)
        {
            var position = tokens.Current.Position;
            if (tokens.TrySkipOperator(".")) expression = ParseMember(position, expression);
            else if (tokens.TrySkipOperator("[")) expression = ParseSubscript(position, expression);
            else if (tokens.IsOperator("(")) expression = new CallExpression(position, expression, ParseArguments());
            else break;
        }

        return expression;
    }

    public Expression ParseFilters(Expression expression)
    {
        while (true)
        {
            var position = tokens.Current.Position;
            if (tokens.TrySkipOperator("|")) expression = ParseFilter(expression);
            else if (tokens.TrySkipName("is")) expression = ParseTest(position, expression);
            else if (tokens.IsOperator("(")) expression = new CallExpression(position, expression, ParseArguments());
            else return expression;
        }
    }

    public FilterExpression ParseFilter(Expression target)
    {
        var name = tokens.TakeName();
        var arguments = tokens.IsOperator("(") ? ParseArguments() : CallArguments.None;
        return new FilterExpression(name.Position, target, name.Text, arguments);
    }

    public CallArguments ParseArguments()
    {
        tokens.SkipOperator("(");
        var positional = new List<Expression>();
        var named = new List<KeyValuePair<string, Expression>>();
        while (!tokens.TrySkipOperator(")"))
        {
            if (tokens.Current.Kind == TokenKind.Name && tokens.Peek(1).Is(TokenKind.Operator, "="))
            {
                var name = tokens.Take().Text;
                tokens.Take();
                named.Add(new(name, expressions.Parse()));
            }
            else
            {
                if (named.Count > 0) throw tokens.Unexpected("a named argument, as one went before");
                positional.Add(expressions.Parse());
            }

            if (!tokens.IsOperator(")")) tokens.SkipOperator(",");
        }

        return positional.Count + named.Count == 0 ? CallArguments.None : new CallArguments([.. positional], [.. named]);
    }

    private static TemplateValue? Constant(string name) => name switch
    {
        "true" or "True" => BooleanValue.True,
        "false" or "False" => BooleanValue.False,
        "none" or "None" => NoneValue.Instance,
        _ => null,
    };

    /// <summary>Strings in a row are one string.</summary>
    private string TakeStrings()
    {
        var first = tokens.Take().Text;
        if (tokens.Current.Kind != TokenKind.String) return first;
        var all = new StringBuilder(first);
        while (tokens.Current.Kind == TokenKind.String) all.Append(tokens.Take().Text);
        return all.ToString();
    }

    private static long ReadInteger(Token token)
    {
        var text = token.Text.Replace("_", string.Empty, StringComparison.Ordinal);
        try
        {
            return text.Length > 2 && text[0] == '0' && char.ToLowerInvariant(text[1]) is 'x' or 'o' or 'b'
                ? Convert.ToInt64(text[2..], char.ToLowerInvariant(text[1]) switch { 'x' => 16, 'o' => 8, _ => 2 })
                : long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is OverflowException or FormatException or ArgumentException)
        {
            throw TemplateFault.Syntax($"'{token.Text}' is not an integer of 64 bits.", token.Position);
        }
    }

    private Expression ParseParentheses()
    {
        var position = tokens.Take().Position;
        if (tokens.TrySkipOperator(")")) return new ListExpression(position, [], isTuple: true);
        var inner = expressions.ParseTuple();
        tokens.SkipOperator(")");
        return inner;
    }

    private Expression[] ParseItems(string close)
    {
        var items = new List<Expression>();
        while (!tokens.TrySkipOperator(close))
        {
            items.Add(expressions.Parse());
            if (!tokens.IsOperator(close)) tokens.SkipOperator(",");
        }

        return [.. items];
    }

    private DictExpression ParseDict()
    {
        var position = tokens.Take().Position;
        var (keys, values) = (new List<Expression>(), new List<Expression>());
        while (!tokens.TrySkipOperator("}"))
        {
            keys.Add(expressions.Parse());
            tokens.SkipOperator(":");
            values.Add(expressions.Parse());
            if (!tokens.IsOperator("}")) tokens.SkipOperator(",");
        }

        return new DictExpression(position, [.. keys], [.. values]);
    }

    private Expression ParseMember(int position, Expression target)
    {
        var token = tokens.Take();
        return token.Kind switch
        {
            TokenKind.Name => new AttributeExpression(position, target, token.Text),
            TokenKind.Integer => new SubscriptExpression(
                position, target, new LiteralExpression(token.Position, IntegerValue.Of(ReadInteger(token)))),
            _ => throw TemplateFault.Syntax($"Expected a name after the dot but found {token.Describe()}.", token.Position),
        };
    }

    private Expression ParseSubscript(int position, Expression target)
    {
        var start = tokens.IsOperator(":") ? null : expressions.ParseTuple();
        if (tokens.TrySkipOperator("]") && start is not null) return new SubscriptExpression(position, target, start);
        tokens.SkipOperator(":");
        var stop = IsBoundEnd() ? null : expressions.Parse();
        var step = default(Expression);
        if (tokens.TrySkipOperator(":") && !IsBoundEnd()) step = expressions.Parse();
        tokens.SkipOperator("]");
        return new SliceExpression(position, target, start, stop, step);
    }

    private bool IsBoundEnd() => tokens.IsOperator(":") || tokens.IsOperator("]");

    private Expression ParseTest(int position, Expression target)
    {
        var isNegated = tokens.TrySkipName("not");
        var name = tokens.TakeName().Text;
        var arguments = CallArguments.None;
        if (tokens.IsOperator("(")) arguments = ParseArguments();
        else if (StartsArgument()) arguments = new CallArguments([ParsePostfix(ParsePrimary())], []);
        Expression test = new TestExpression(position, target, name, arguments);
        return isNegated ? new NotExpression(position, test) : test;
    }

    private bool StartsArgument() => tokens.Current.Kind switch
    {
        TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.Name => !Keywords.Contains(tokens.Current.Text),
        TokenKind.Operator => tokens.Current.Text is "[" or "{",
        _ => false,
    };
}
