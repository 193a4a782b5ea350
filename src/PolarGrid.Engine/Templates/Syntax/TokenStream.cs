using System.Runtime.CompilerServices;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>Where the parser stands, how deep it is, and the numbers that it gives to names.</summary>
internal sealed class TokenStream(List<Token> tokens)
{
    /// <summary>Brackets and statements inside each other. The parser recurses about ten times for each.</summary>
    public const int MaxNesting = 100;

    private readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal);
    private int _next;
    private int _nesting;

    public Token Current => tokens[_next];

    public IReadOnlyDictionary<string, int> Symbols => _symbols;

    public int Symbol(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol)) _symbols[name] = symbol = _symbols.Count;
        return symbol;
    }

    public Token Take()
    {
        var token = tokens[_next];
        if (token.Kind != TokenKind.End) _next++;
        return token;
    }

    public int Index => _next;

    /// <summary>Whether the name stands anywhere from a token on to where the stream is now.</summary>
    public bool IsMentioned(string name, int from)
    {
        for (var i = from; i < _next; i++)
            if (tokens[i].Is(TokenKind.Name, name)) return true;
        return false;
    }

    public Token Peek(int ahead) => tokens[Math.Min(_next + ahead, tokens.Count - 1)];

    public bool IsOperator(string text) => Current.Is(TokenKind.Operator, text);

    public bool IsName(string text) => Current.Is(TokenKind.Name, text);

    public bool TrySkipOperator(string text) => TrySkip(TokenKind.Operator, text);

    public bool TrySkipName(string text) => TrySkip(TokenKind.Name, text);

    public void SkipOperator(string text)
    {
        if (!TrySkipOperator(text)) throw Unexpected($"'{text}'");
    }

    public void SkipName(string text)
    {
        if (!TrySkipName(text)) throw Unexpected($"'{text}'");
    }

    public Token TakeName() => Current.Kind == TokenKind.Name ? Take() : throw Unexpected("a name");

    public void Skip(TokenKind kind, string text)
    {
        if (Current.Kind != kind) throw Unexpected($"'{text}'");
        _next++;
    }

    public TemplateFault Unexpected(string expected) =>
        TemplateFault.Syntax($"Expected {expected} but found {Current.Describe()}.", Current.Position);

    /// <summary>Must be paired with <see cref="Leave"/> unless an error ends the parse.</summary>
    public void Enter()
    {
        if (++_nesting > MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw TemplateFault.Syntax($"The template is nested deeper than {MaxNesting} levels.", Current.Position);
    }

    public void Leave() => _nesting--;

    private bool TrySkip(TokenKind kind, string text)
    {
        if (!Current.Is(kind, text)) return false;
        _next++;
        return true;
    }
}
