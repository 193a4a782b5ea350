using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Statements;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>Statements: what stands between <c>{%</c> and <c>%}</c>, and the text around.</summary>
internal sealed class Parser
{
    private readonly TokenStream _tokens;
    private readonly ExpressionParser _expressions;
    private readonly MacroParser _macros;
    private int _loops;

    private Parser(TokenStream tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
        _macros = new MacroParser(tokens, _expressions, ParseMacroBody);
    }

    /// <exception cref="TemplateFault">The source is malformed.</exception>
    public static (Statement[] Body, IReadOnlyDictionary<string, int> Symbols) Parse(string source)
    {
        var tokens = new TokenStream(Lexer.Read(source));
        var parser = new Parser(tokens);
        var body = parser.ParseBody([]);
        return (body, tokens.Symbols);
    }

    /// <summary>Up to one of the given tags, which is left where it is; without any, up to the end.</summary>
    private Statement[] ParseBody(ReadOnlySpan<string> ends)
    {
        _tokens.Enter();
        var body = new List<Statement>();
        while (true)
        {
            var token = _tokens.Current;
            switch (token.Kind)
            {
                case TokenKind.Text:
                    body.Add(new TextStatement(_tokens.Take().Text));
                    continue;
                case TokenKind.PrintBegin:
                    _tokens.Take();
                    body.Add(new PrintStatement(_expressions.ParseTuple()));
                    _tokens.Skip(TokenKind.PrintEnd, "}}");
                    continue;
                case TokenKind.TagBegin when !ends.Contains(_tokens.Peek(1).Text):
                    _tokens.Take();
                    body.AddRange(ParseStatement());
                    continue;
                case TokenKind.End when ends.Length > 0:
                    throw _tokens.Unexpected($"'{{% {ends[^1]} %}}'");
            }

            _tokens.Leave();
            return [.. body];
        }
    }

    private Statement[] ParseStatement()
    {
        var name = _tokens.TakeName();
        switch (name.Text)
        {
            case "if": return [ParseIf()];
            case "for": return [ParseFor()];
            case "set": return [ParseSet()];
            case "macro": return [_macros.ParseMacro()];
            case "call": return [_macros.ParseCall()];
            case "filter": return [ParseFilter(name.Position)];
            case "with": return [ParseWith()];
            case "break" when _loops > 0: return [ParseFlow(Flow.Break)];
            case "continue" when _loops > 0: return [ParseFlow(Flow.Continue)];
            case "break" or "continue": throw TemplateFault.Syntax($"'{name.Text}' stands outside of a loop.", name.Position);
            case "generation": return ParseGeneration();
            default: throw TemplateFault.Syntax($"The tag '{name.Text}' is not known here.", name.Position);
        }
    }

    private IfStatement ParseIf()
    {
        var (conditions, bodies) = (new List<Expression>(), new List<Statement[]>());
        do
        {
            conditions.Add(_expressions.ParseTuple());
            EndTag();
            bodies.Add(ParseBody(["elif", "else", "endif"]));
            _tokens.Take();
        }
        while (_tokens.TrySkipName("elif"));

        var otherwise = ParseElse("endif");
        Close("endif");
        return new IfStatement([.. conditions], [.. bodies], otherwise);
    }

    private ForStatement ParseFor()
    {
        var target = ParseTargets();
        _tokens.SkipName("in");
        var source = _expressions.ParseTuple(conditional: false);
        var condition = _tokens.TrySkipName("if") ? _expressions.Parse() : null;
        if (_tokens.IsName("recursive")) throw TemplateFault.Syntax("Recursive loops are not supported.", _tokens.Current.Position);
        EndTag();
        _loops++;
        var body = ParseBody(["else", "endfor"]);
        _loops--;
        _tokens.Take();
        var otherwise = ParseElse("endfor");
        Close("endfor");
        return new ForStatement(target, source, condition, body, otherwise, _tokens.Symbol("loop"));
    }

    /// <summary>The tag's opening brace has been taken.</summary>
    private Statement[]? ParseElse(string end)
    {
        if (!_tokens.TrySkipName("else")) return null;
        EndTag();
        var body = ParseBody([end]);
        _tokens.Take();
        return body;
    }

    private SetStatement ParseSet()
    {
        var position = _tokens.Current.Position;
        var target = ParseTargets();
        if (_tokens.TrySkipOperator("="))
        {
            var value = _expressions.ParseTuple();
            EndTag();
            return new SetStatement(target, value);
        }

        var place = _tokens.Current;
        var captured = new CapturedText(position);
        var filtered = _expressions.ParseFilters(captured);
        if (place.Kind != TokenKind.TagEnd && filtered == captured) throw _tokens.Unexpected("'=' or '%}'");
        EndTag();
        captured.Body = ParseBlock("endset");
        return new SetStatement(target, filtered);
    }

    private PrintStatement ParseFilter(int position)
    {
        var captured = new CapturedText(position);
        var filtered = _expressions.ParseFilters(_expressions.ParseFilterAfterBar(captured));
        EndTag();
        captured.Body = ParseBlock("endfilter");
        return new PrintStatement(filtered);
    }

    private WithStatement ParseWith()
    {
        var (targets, values) = (new List<AssignmentTarget>(), new List<Expression>());
        while (_tokens.Current.Kind != TokenKind.TagEnd)
        {
            if (targets.Count > 0) _tokens.SkipOperator(",");
            targets.Add(ParseTarget());
            _tokens.SkipOperator("=");
            values.Add(_expressions.Parse());
        }

        EndTag();
        return new WithStatement([.. targets], [.. values], ParseBlock("endwith"));
    }

    private FlowStatement ParseFlow(Flow flow)
    {
        EndTag();
        return new FlowStatement(flow);
    }

    /// <summary>Marks what the assistant said, for training; of no meaning when a prompt is made.</summary>
    private Statement[] ParseGeneration()
    {
        EndTag();
        return ParseBlock("endgeneration");
    }

    private Statement[] ParseMacroBody(string end)
    {
        var loops = _loops;
        _loops = 0;
        var body = ParseBlock(end);
        _loops = loops;
        return body;
    }

    private Statement[] ParseBlock(string end)
    {
        var body = ParseBody([end]);
        _tokens.Take();
        Close(end);
        return body;
    }

    private AssignmentTarget ParseTargets()
    {
        var first = ParseTarget();
        if (!_tokens.IsOperator(",")) return first;
        var targets = new List<AssignmentTarget> { first };
        while (_tokens.TrySkipOperator(","))
        {
            if (_tokens.Current.Kind == TokenKind.Operator && _tokens.Current.Text is "=" or ")" || _tokens.IsName("in")) break;
            targets.Add(ParseTarget());
        }

        return new TupleTarget([.. targets]);
    }

    private AssignmentTarget ParseTarget()
    {
        if (_tokens.TrySkipOperator("("))
        {
            _tokens.Enter();
            var inner = ParseTargets();
            _tokens.SkipOperator(")");
            _tokens.Leave();
            return inner;
        }

        var name = _tokens.TakeName();
        if (!_tokens.TrySkipOperator(".")) return new NameTarget(_tokens.Symbol(name.Text));
        var owner = new NameExpression(name.Position, name.Text, _tokens.Symbol(name.Text));
        return new MemberTarget(owner, _tokens.TakeName().Text);
    }

    private void Close(string end)
    {
        _tokens.SkipName(end);
        EndTag();
    }

    private void EndTag() => _tokens.Skip(TokenKind.TagEnd, "%}");
}
