using System.Collections.Frozen;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>Reads the tokens between a tag's braces.</summary>
internal sealed class ExpressionLexer(string source, int position, List<Token> tokens)
{
    private static readonly FrozenSet<string> Operators = new[]
    {
        "+", "-", "*", "/", "//", "**", "%", "~", "(", ")", "[", "]", "{", "}", "==", "!=", "<", "<=", ">", ">=", "=", ".", ":", "|", ",",
    }.ToFrozenSet();

    private readonly Stack<char> _open = new();

    public int Position { get; private set; } = position;

    /// <summary>Inside brackets <c>}}</c> closes two dicts, not the tag.</summary>
    public bool IsNested => _open.Count > 0;

    public void SkipSpace()
    {
        while (Position < source.Length && char.IsWhiteSpace(source[Position])) Position++;
    }

    public void ReadToken()
    {
        var character = source[Position];
        if (character is '"' or '\'') ReadString(character);
        else if (char.IsAsciiDigit(character)) ReadNumber();
        else if (IsNameStart(character)) ReadName();
        else ReadOperator();
    }

    private static bool IsNameStart(char character) => char.IsLetter(character) || character == '_';

    private void ReadString(char quote)
    {
        var start = Position;
        var i = start + 1;
        var hasEscape = false;
        while (i < source.Length && source[i] != quote)
        {
            if (source[i] == '\\')
            {
                hasEscape = true;
                i++;
            }

            i++;
        }

        if (i >= source.Length) throw TemplateFault.Syntax("The string is not closed.", start);
        var contents = source[(start + 1)..i];
        Add(TokenKind.String, hasEscape ? StringEscapes.Resolve(contents, start) : contents, start);
        Position = i + 1;
    }

    private void ReadNumber()
    {
        var start = Position;
        if (source[start] == '0' && start + 1 < source.Length && char.ToLowerInvariant(source[start + 1]) is 'x' or 'o' or 'b')
        {
            Position += 2;
            while (Position < source.Length && (char.IsAsciiHexDigit(source[Position]) || source[Position] == '_')) Position++;
            Add(TokenKind.Integer, source[start..Position], start);
            return;
        }

        SkipDigits();
        var kind = TokenKind.Integer;
        if (Position + 1 < source.Length && source[Position] == '.' && char.IsAsciiDigit(source[Position + 1]))
        {
            kind = TokenKind.Float;
            Position++;
            SkipDigits();
        }

        if (HasExponent())
        {
            kind = TokenKind.Float;
            Position += 2;
            SkipDigits();
        }

        Add(kind, source[start..Position].Replace("_", string.Empty, StringComparison.Ordinal), start);
    }

    private bool HasExponent()
    {
        if (Position + 1 >= source.Length || source[Position] is not ('e' or 'E')) return false;
        var next = source[Position + 1];
        return char.IsAsciiDigit(next)
            || (next is '+' or '-' && Position + 2 < source.Length && char.IsAsciiDigit(source[Position + 2]));
    }

    private void SkipDigits()
    {
        while (Position < source.Length
            && (char.IsAsciiDigit(source[Position])
                || (source[Position] == '_' && Position + 1 < source.Length && char.IsAsciiDigit(source[Position + 1]))))
            Position++;
    }

    private void ReadName()
    {
        var start = Position;
        while (Position < source.Length && (IsNameStart(source[Position]) || char.IsDigit(source[Position]))) Position++;
        Add(TokenKind.Name, source[start..Position], start);
    }

    private void ReadOperator()
    {
        var start = Position;
        var length = start + 1 < source.Length && Operators.Contains(source.Substring(start, 2)) ? 2 : 1;
        var text = source.Substring(start, length);
        if (!Operators.Contains(text)) throw TemplateFault.Syntax($"The character '{text}' has no meaning here.", start);
        if (text is "(" or "[" or "{") _open.Push(text[0]);
        else if (text is ")" or "]" or "}") Close(text[0], start);
        Add(TokenKind.Operator, text, start);
        Position += length;
    }

    private void Close(char bracket, int start)
    {
        var expected = bracket switch { ')' => '(', ']' => '[', _ => '{' };
        if (!_open.TryPop(out var open) || open != expected) throw TemplateFault.Syntax($"Nothing is open that '{bracket}' could close.", start);
    }

    private void Add(TokenKind kind, string text, int start) => tokens.Add(new Token(kind, text, start));
}
