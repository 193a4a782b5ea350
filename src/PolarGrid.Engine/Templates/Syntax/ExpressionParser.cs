using PolarGrid.Engine.Templates.Expressions;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>Expressions from the loosest to the tightest operator, in Jinja's order of precedence.</summary>
internal sealed class ExpressionParser
{
    private readonly TokenStream _tokens;
    private readonly PrimaryParser _primaries;

    public ExpressionParser(TokenStream tokens)
    {
        _tokens = tokens;
        _primaries = new PrimaryParser(tokens, this);
    }

    /// <summary>One expression, or a tuple when commas follow.</summary>
    /// <param name="conditional">False where a following <c>if</c> belongs to a for statement.</param>
    public Expression ParseTuple(bool conditional = true)
    {
        var position = _tokens.Current.Position;
        var first = Parse(conditional);
        if (!_tokens.IsOperator(",")) return first;
        var items = new List<Expression> { first };
        while (_tokens.TrySkipOperator(","))
        {
            if (IsTupleEnd()) break;
            items.Add(Parse(conditional));
        }

        return new ListExpression(position, [.. items], isTuple: true);
    }

    public Expression Parse(bool conditional = true)
    {
        _tokens.Enter();
        var expression = conditional ? ParseConditional() : ParseOr();
        _tokens.Leave();
        return expression;
    }

    /// <summary>Filters from the bar onwards, for tags that filter their own body.</summary>
    public Expression ParseFilters(Expression target) => _primaries.ParseFilters(target);

    public Expression ParseFilterAfterBar(Expression target) => _primaries.ParseFilter(target);

    public CallArguments ParseArguments() => _primaries.ParseArguments();

    /// <summary>A value with its members and calls only: what a call statement calls.</summary>
    public Expression ParsePostfixed() => _primaries.ParsePostfix(_primaries.ParsePrimary());

    public Expression ParseUnary(bool filtered = true)
    {
        _tokens.Enter();
        var position = _tokens.Current.Position;
        Expression expression;
        if (_tokens.TrySkipOperator("-")) expression = new SignExpression(position, isMinus: true, ParseUnary(filtered: false));
        else if (_tokens.TrySkipOperator("+")) expression = new SignExpression(position, isMinus: false, ParseUnary(filtered: false));
        else expression = _primaries.ParsePrimary();
        expression = _primaries.ParsePostfix(expression);
        if (filtered) expression = _primaries.ParseFilters(expression);
        _tokens.Leave();
        return expression;
    }

    private bool IsTupleEnd() =>
        _tokens.Current.Kind is TokenKind.PrintEnd or TokenKind.TagEnd || _tokens.IsOperator(")") || _tokens.IsOperator("=");

    private Expression ParseConditional()
    {
        var expression = ParseOr();
        while (_tokens.IsName("if"))
        {
            var position = _tokens.Take().Position;
            var condition = ParseOr();
            var otherwise = _tokens.TrySkipName("else") ? Parse() : null;
            expression = new ConditionalExpression(position, condition, expression, otherwise);
        }

        return expression;
    }

    private Expression ParseOr()
    {
        var first = ParseAnd();
        if (!_tokens.IsName("or")) return first;
        var operands = new List<Expression> { first };
        while (_tokens.TrySkipName("or")) operands.Add(ParseAnd());
        return new LogicalExpression(first.Position, isAnd: false, [.. operands]);
    }

    private Expression ParseAnd()
    {
        var first = ParseNot();
        if (!_tokens.IsName("and")) return first;
        var operands = new List<Expression> { first };
        while (_tokens.TrySkipName("and")) operands.Add(ParseNot());
        return new LogicalExpression(first.Position, isAnd: true, [.. operands]);
    }

    private Expression ParseNot()
    {
        if (!_tokens.IsName("not")) return ParseCompare();
        _tokens.Enter();
        var position = _tokens.Take().Position;
        var expression = new NotExpression(position, ParseNot());
        _tokens.Leave();
        return expression;
    }

    private Expression ParseCompare()
    {
        var first = ParseSum();
        if (PeekCompare() is null) return first;
        var position = _tokens.Current.Position;
        var operands = new List<Expression> { first };
        var operators = new List<CompareOperator>();
        while (PeekCompare() is { } @operator)
        {
            _tokens.Take();
            if (@operator == CompareOperator.NotIn) _tokens.Take();
            operators.Add(@operator);
            operands.Add(ParseSum());
        }

        return new CompareExpression(position, [.. operands], [.. operators]);
    }

    private CompareOperator? PeekCompare() => _tokens.Current switch
    {
        { Kind: TokenKind.Operator, Text: "==" } => CompareOperator.Equal,
        { Kind: TokenKind.Operator, Text: "!=" } => CompareOperator.NotEqual,
        { Kind: TokenKind.Operator, Text: "<" } => CompareOperator.Less,
        { Kind: TokenKind.Operator, Text: "<=" } => CompareOperator.LessOrEqual,
        { Kind: TokenKind.Operator, Text: ">" } => CompareOperator.Greater,
        { Kind: TokenKind.Operator, Text: ">=" } => CompareOperator.GreaterOrEqual,
        { Kind: TokenKind.Name, Text: "in" } => CompareOperator.In,
        { Kind: TokenKind.Name, Text: "not" } when _tokens.Peek(1).Is(TokenKind.Name, "in") => CompareOperator.NotIn,
        _ => null,
    };

    private Expression ParseSum()
    {
        var expression = ParseConcat();
        while (_tokens.IsOperator("+") || _tokens.IsOperator("-"))
        {
            if (_tokens.IsOperator("-"))
            {
                var position = _tokens.Take().Position;
                expression = new ArithmeticExpression(position, ArithmeticOperator.Subtract, expression, ParseConcat());
                continue;
            }

            var operands = new List<Expression> { expression };
            while (_tokens.TrySkipOperator("+")) operands.Add(ParseConcat());
            expression = new SumExpression(expression.Position, [.. operands]);
        }

        return expression;
    }

    private Expression ParseConcat()
    {
        var first = ParseProduct();
        if (!_tokens.IsOperator("~")) return first;
        var operands = new List<Expression> { first };
        while (_tokens.TrySkipOperator("~")) operands.Add(ParseProduct());
        return new ConcatExpression(first.Position, [.. operands]);
    }

    private Expression ParseProduct()
    {
        var expression = ParsePower();
        while (PeekProduct() is { } @operator)
        {
            var position = _tokens.Take().Position;
            expression = new ArithmeticExpression(position, @operator, expression, ParsePower());
        }

        return expression;
    }

    private ArithmeticOperator? PeekProduct() => _tokens.Current switch
    {
        { Kind: TokenKind.Operator, Text: "*" } => ArithmeticOperator.Multiply,
        { Kind: TokenKind.Operator, Text: "/" } => ArithmeticOperator.Divide,
        { Kind: TokenKind.Operator, Text: "//" } => ArithmeticOperator.FloorDivide,
        { Kind: TokenKind.Operator, Text: "%" } => ArithmeticOperator.Modulo,
        _ => null,
    };

    private Expression ParsePower()
    {
        var expression = ParseUnary();
        while (_tokens.IsOperator("**"))
        {
            var position = _tokens.Take().Position;
            expression = new ArithmeticExpression(position, ArithmeticOperator.Power, expression, ParseUnary());
        }

        return expression;
    }
}
