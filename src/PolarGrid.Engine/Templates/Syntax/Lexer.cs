using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>
/// Cuts a source into tokens as Jinja does with <c>trim_blocks</c> and <c>lstrip_blocks</c> on, which is what transformers
/// renders chat templates with.
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _position;

    /// <summary>True where a line starts because what stood before consumed its end: text up to a tag may then be indentation.</summary>
    private bool _startsLine = true;

    private Lexer(string source) => _source = source;

    /// <exception cref="TemplateFault">The source is malformed.</exception>
    public static List<Token> Read(string source)
    {
        var lexer = new Lexer(source);
        while (lexer._position < source.Length) lexer.ReadTextAndTag();
        lexer.Add(TokenKind.End, string.Empty, source.Length);
        return lexer._tokens;
    }

    private void ReadTextAndTag()
    {
        var start = _position;
        var tag = FindTag(start);
        if (tag < 0)
        {
            AddText(start, _source.Length);
            _position = _source.Length;
            return;
        }

        var kind = _source[tag + 1];
        var sign = tag + 2 < _source.Length ? _source[tag + 2] : '\0';
        if (sign is not ('-' or '+')) sign = '\0';
        AddText(start, TextEnd(start, tag, kind, sign));
        _position = tag + (sign == '\0' ? 2 : 3);
        _startsLine = false;
        switch (kind)
        {
            case '#':
                SkipComment(tag);
                break;
            case '{':
                Add(TokenKind.PrintBegin, "{{", tag);
                ReadInside(tag, "}}", TokenKind.PrintEnd);
                break;
            default:
                if (TryReadRaw(tag)) break;
                Add(TokenKind.TagBegin, "{%", tag);
                ReadInside(tag, "%}", TokenKind.TagEnd);
                break;
        }
    }

    private int FindTag(int from)
    {
        for (var i = _source.IndexOf('{', from); i >= 0 && i + 1 < _source.Length; i = _source.IndexOf('{', i + 1))
            if (_source[i + 1] is '{' or '%' or '#') return i;
        return -1;
    }

    /// <summary>Where the text before a tag ends once whitespace control has had its way.</summary>
    private int TextEnd(int start, int tag, char kind, char sign)
    {
        var end = tag;
        if (sign == '-')
        {
            while (end > start && char.IsWhiteSpace(_source[end - 1])) end--;
            return end;
        }

        if (kind == '{' || sign == '+') return tag;
        while (end > start && _source[end - 1] != '\n' && char.IsWhiteSpace(_source[end - 1])) end--;
        var isIndentation = end == start ? _startsLine : _source[end - 1] == '\n';
        return isIndentation ? end : tag;
    }

    private void SkipComment(int tag)
    {
        var end = _source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0) throw TemplateFault.Syntax("The comment is not closed with '#}'.", tag);
        var sign = end > _position ? _source[end - 1] : '\0';
        _position = end + 2;
        AfterTag(sign);
    }

    /// <summary>Removes what follows a tag: all whitespace after a minus, else one line end unless there is a plus.</summary>
    private void AfterTag(char sign, bool trimsLineEnd = true)
    {
        var start = _position;
        if (sign == '-')
            while (_position < _source.Length && char.IsWhiteSpace(_source[_position])) _position++;
        else if (trimsLineEnd && sign != '+' && _position < _source.Length && _source[_position] == '\n')
            _position++;
        _startsLine = _position > start && _source[_position - 1] == '\n';
    }

    /// <summary><c>{% raw %}</c>: everything up to the end tag is text.</summary>
    private bool TryReadRaw(int tag)
    {
        var i = _position;
        if (!SkipWord(ref i, "raw") || !SkipTagEnd(ref i, out var sign)) return false;
        _position = i;
        AfterTag(sign);
        var start = _position;
        for (var end = start; (end = _source.IndexOf("{%", end, StringComparison.Ordinal)) >= 0; end += 2)
        {
            i = end + 2;
            var endSign = i < _source.Length && _source[i] is '-' or '+' ? _source[i++] : '\0';
            if (!SkipWord(ref i, "endraw") || !SkipTagEnd(ref i, out sign)) continue;
            AddText(start, TextEnd(start, end, '%', endSign));
            _position = i;
            AfterTag(sign);
            return true;
        }

        throw TemplateFault.Syntax("The raw block is not closed with '{% endraw %}'.", tag);
    }

    private bool SkipWord(ref int i, string word)
    {
        while (i < _source.Length && char.IsWhiteSpace(_source[i])) i++;
        if (!_source.AsSpan(i).StartsWith(word, StringComparison.Ordinal)) return false;
        i += word.Length;
        while (i < _source.Length && char.IsWhiteSpace(_source[i])) i++;
        return true;
    }

    private bool SkipTagEnd(ref int i, out char sign)
    {
        sign = i < _source.Length && _source[i] is '-' or '+' ? _source[i++] : '\0';
        if (!_source.AsSpan(i).StartsWith("%}", StringComparison.Ordinal)) return false;
        i += 2;
        return true;
    }

    private void ReadInside(int tag, string close, TokenKind closeKind)
    {
        var expressions = new ExpressionLexer(_source, _position, _tokens);
        while (true)
        {
            expressions.SkipSpace();
            var i = expressions.Position;
            if (i >= _source.Length) throw TemplateFault.Syntax($"The tag is not closed with '{close}'.", tag);
            var sign = _source[i] is '-' or '+' ? _source[i] : '\0';
            if (!expressions.IsNested && _source.AsSpan(sign == '\0' ? i : i + 1).StartsWith(close, StringComparison.Ordinal)
                && (sign != '+' || closeKind == TokenKind.TagEnd))
            {
                Add(closeKind, close, i);
                _position = i + close.Length + (sign == '\0' ? 0 : 1);
                AfterTag(sign, trimsLineEnd: closeKind == TokenKind.TagEnd);
                return;
            }

            expressions.ReadToken();
        }
    }

    private void AddText(int start, int end)
    {
        if (end > start) Add(TokenKind.Text, _source[start..end], start);
    }

    private void Add(TokenKind kind, string text, int position) => _tokens.Add(new Token(kind, text, position));
}
