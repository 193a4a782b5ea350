using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolarGrid.Engine.Grammars.Syntax;

/// <summary>Reads the characters of a GBNF text and knows where it is.</summary>
internal sealed class GbnfReader(string text)
{
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create([.. Enumerable.Range(' ', 0x5F).Select(value => (char)value).Where(letter => letter is not ('"' or '\\'))]);

    public int Position { get; private set; }

    public bool AtEnd => Position >= text.Length;

    /// <summary>The next character, or U+0000 at the end.</summary>
    public char Next => AtEnd ? '\0' : text[Position];

    public void Skip(int count = 1) => Position += count;

    public bool Take(char expected)
    {
        if (AtEnd || text[Position] != expected) return false;
        Position++;
        return true;
    }

    public bool Take(string expected)
    {
        if (!text.AsSpan(Position).StartsWith(expected)) return false;
        Position += expected.Length;
        return true;
    }

    /// <summary>Skips blanks and comments, and line ends where they have no meaning.</summary>
    public void SkipSpace(bool lines)
    {
        while (!AtEnd)
        {
            var c = text[Position];
            if (c == '#')
            {
                while (!AtEnd && text[Position] is not ('\r' or '\n')) Position++;
            }
            else if (c is ' ' or '\t' || (lines && c is '\r' or '\n'))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>A rule's name: letters, digits, hyphens; empty when there is none here.</summary>
    public string Name()
    {
        var start = Position;
        while (!AtEnd && (char.IsAsciiLetterOrDigit(text[Position]) || text[Position] == '-')) Position++;
        return text[start..Position];
    }

    /// <summary>A number of a repetition.</summary>
    public int Number()
    {
        var start = Position;
        while (!AtEnd && char.IsAsciiDigit(text[Position])) Position++;
        if (start == Position) throw Fault("A number is expected here.", start);
        return int.TryParse(text.AsSpan(start, Position - start), NumberStyles.None, null, out var number) && number <= GrammarLimits.Repetitions
            ? number
            : throw Fault($"A repetition is at most {GrammarLimits.Repetitions}.", start);
    }

    /// <summary>The printable ASCII up to the next character of a literal that needs a closer look.</summary>
    public ReadOnlySpan<char> Plain()
    {
        var rest = text.AsSpan(Position);
        var length = rest.IndexOfAnyExcept(PlainCharacters);
        if (length < 0) length = rest.Length;
        Position += length;
        return rest[..length];
    }

    /// <summary>One character of a literal or a class, escapes resolved.</summary>
    public int CodePoint()
    {
        if (AtEnd) throw Fault("The grammar ends inside a literal or class.");
        if (text[Position] == '\\') return Escape();
        if (Rune.TryGetRuneAt(text, Position, out var rune))
        {
            Position += rune.Utf16SequenceLength;
            return rune.Value;
        }

        throw Fault("Half of a surrogate pair is no character.");
    }

    public GbnfFault Fault(string message, int? at = null)
    {
        var position = at ?? Position;
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        var line = before.Count('\n') + 1;
        return new GbnfFault(new GrammarError(message, line, before.Length - before.LastIndexOf('\n')));
    }

    private int Escape()
    {
        var start = Position++;
        var kind = Next;
        Position++;
        return kind switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '\\' or '"' or '[' or ']' => kind,
            'x' => Hex(start, 2),
            'u' => Hex(start, 4),
            'U' => Hex(start, 8),
            _ => throw Fault("This escape is unknown; there are \\n \\r \\t \\\\ \\\" \\[ \\] \\xHH \\uHHHH \\UHHHHHHHH.", start),
        };
    }

    private int Hex(int start, int digits)
    {
        if (Position + digits > text.Length
            || !uint.TryParse(text.AsSpan(Position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || !Rune.IsValid(value))
        {
            throw Fault($"{digits} hexadecimal digits of a Unicode character are expected here.", start);
        }

        Position += digits;
        return (int)value;
    }
}
