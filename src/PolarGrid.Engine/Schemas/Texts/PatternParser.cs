using System.Globalization;
using System.Text;
using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Schemas.Texts;

/// <summary>
/// Reads the part of regular expressions that describes a set of texts and nothing else: characters, classes, groups, alternatives,
/// repetitions, and anchors at the ends. Look-around, references and word boundaries are refused by name.
/// </summary>
internal sealed class PatternParser(string pattern, string path)
{
    private readonly Rune[] text = [.. pattern.EnumerateRunes()];
    private int position;
    private int depth;

    /// <summary>What the whole text must look like.</summary>
    /// <param name="pattern">A regular expression.</param>
    /// <param name="path">For messages.</param>
    /// <param name="whole">Whether it is about the whole text; else anything may stand where an end is not anchored.</param>
    public static PatternNode Parse(string pattern, string path, bool whole = false)
    {
        if (pattern.Length > SchemaLimits.PatternCharacters)
        {
            throw new SchemaFault("pattern", path, $"The pattern has {pattern.Length} characters; {SchemaLimits.PatternCharacters} are allowed.");
        }

        var parser = new PatternParser(pattern, path);
        var options = new List<PatternNode>();
        do options.Add(parser.ReadAnchored(whole));
        while (parser.Take('|'));
        return parser.position == parser.text.Length ? Choice(options) : throw parser.Fault("a ')' without '('");
    }

    private int Next => position < text.Length ? text[position].Value : -1;

    private static PatternNode Anything { get; } = new PatternRepeat(new PatternClass(CodePoints.Any), 0, null);

    private static PatternNode Choice(List<PatternNode> options) => options.Count == 1 ? options[0] : new PatternChoice(options);

    private PatternNode ReadAnchored(bool whole)
    {
        var parts = new List<PatternNode>();
        if (!Take('^') && !whole) parts.Add(Anything);
        while (Take('^'))
        {
        }

        ReadParts(parts);
        if (!Take('$') && !whole) parts.Add(Anything);
        return parts.Count == 1 ? parts[0] : new PatternSequence(parts);
    }

    private void ReadParts(List<PatternNode> parts)
    {
        while (Next is not (-1 or '|' or ')' or '$')) parts.Add(ReadRepeated());
    }

    private PatternNode ReadGroup()
    {
        if (++depth > SchemaLimits.PatternDepth) throw Fault($"groups nested more than {SchemaLimits.PatternDepth} deep");
        if (Take('?'))
        {
            if (Take('<'))
            {
                if (Next is '=' or '!') throw Fault("look-behind");
                while (Next is not ('>' or -1)) position++;
                position++;
            }
            else if (!Take(':'))
            {
                throw Fault(Next is '=' or '!' ? "look-ahead" : "a group with options");
            }
        }

        var options = new List<PatternNode>();
        do
        {
            var parts = new List<PatternNode>();
            ReadParts(parts);
            options.Add(parts.Count == 1 ? parts[0] : new PatternSequence(parts));
        }
        while (Take('|'));
        if (Next == '$') throw Fault("'$' inside a group");
        if (!Take(')')) throw Fault("a '(' without ')'");
        depth--;
        return Choice(options);
    }

    private PatternNode ReadRepeated()
    {
        var part = ReadPart();
        for (var count = 0; ; count++)
        {
            var times = Repetition();
            if (times is not { } found) return part;
            if (count > 0) throw Fault("a repetition of a repetition without a group");
            part = new PatternRepeat(part, found.From, found.To);
            if (Next == '+') throw Fault("a possessive repetition");
            Take('?');
        }
    }

    private (int From, int? To)? Repetition()
    {
        if (Take('*')) return (0, null);
        if (Take('+')) return (1, null);
        if (Take('?')) return (0, 1);
        if (Next != '{') return null;
        var start = position++;
        var from = Digits();
        var to = from;
        if (from is not null && Take(',')) to = Digits();
        if (from is null || !Take('}'))
        {
            // A brace that opens no repetition stands for itself.
            position = start;
            return null;
        }

        if (to < from) throw Fault("a repetition with a maximum below its minimum");
        return (from.Value, to);
    }

    private int? Digits()
    {
        var start = position;
        while (Next is >= '0' and <= '9') position++;
        if (start == position) return null;
        var digits = string.Concat(text[start..position]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Grammars.GrammarLimits.Repetitions
            ? number
            : throw Fault($"a repetition of more than {Grammars.GrammarLimits.Repetitions}");
    }

    private PatternNode ReadPart()
    {
        var c = Next;
        position++;
        return c switch
        {
            '(' => ReadGroup(),
            '[' => new PatternClass(ReadClass()),
            '.' => new PatternClass(CodePoints.Complement([new('\n', '\n'), new('\r', '\r'), new(0x2028, 0x2029)])),
            '\\' => new PatternClass(CodePoints.Normalise(ReadEscape(inClass: false))),
            '^' => throw Fault("'^' in the middle"),
            '*' or '+' or '?' => throw Fault("a repetition of nothing"),
            _ => new PatternClass([new(c, c)]),
        };
    }

    private CodePointRange[] ReadClass()
    {
        var negated = Take('^');
        var ranges = new List<CodePointRange>();
        while (!Take(']'))
        {
            if (Next < 0) throw Fault("a '[' without ']'");
            var first = ReadClassItem();
            if (Next == '-' && position + 1 < text.Length && text[position + 1].Value != ']')
            {
                position++;
                var last = ReadClassItem();
                if (first is not [var low] || last is not [var high] || low.First != low.Last || high.First != high.Last || high.First < low.First)
                {
                    throw Fault("a range that is none");
                }

                ranges.Add(new(low.First, high.First));
            }
            else
            {
                ranges.AddRange(first);
            }
        }

        return negated ? CodePoints.Complement(ranges) : CodePoints.Normalise(ranges);
    }

    private CodePointRange[] ReadClassItem()
    {
        var c = Next;
        position++;
        return c == '\\' ? ReadEscape(inClass: true) : [new(c, c)];
    }

    private CodePointRange[] ReadEscape(bool inClass)
    {
        var c = Next;
        position++;
        CodePointRange[] digits = [new('0', '9')];
        CodePointRange[] words = [new('0', '9'), new('A', 'Z'), new('_', '_'), new('a', 'z')];
        CodePointRange[] spaces =
        [
            new('\t', '\r'), new(' ', ' '), new(0xA0, 0xA0), new(0x1680, 0x1680), new(0x2000, 0x200A), new(0x2028, 0x2029), new(0x202F, 0x202F),
            new(0x205F, 0x205F), new(0x3000, 0x3000), new(0xFEFF, 0xFEFF),
        ];
        switch (c)
        {
            case 'd': return digits;
            case 'w': return words;
            case 's': return spaces;
            case 'D': return CodePoints.Complement(digits);
            case 'W': return CodePoints.Complement(words);
            case 'S': return CodePoints.Complement(spaces);
            case 't': return Single('\t');
            case 'n': return Single('\n');
            case 'r': return Single('\r');
            case 'f': return Single('\f');
            case 'v': return Single('\v');
            case '0' when Next is not (>= '0' and <= '9'): return Single('\0');
            case 'x': return Single(Hex(2));
            case 'u': return Single(Take('{') ? Braced() : Hex(4));
            case 'b' when inClass: return Single('\b');
            case 'b' or 'B': throw Fault("a word boundary");
            case 'p' or 'P': throw Fault("a Unicode property");
            case 'k' or (>= '0' and <= '9'): throw Fault("a reference to a group");
            case -1: throw Fault("a '\\' at the end");
        }

        if (c < 0x80 && char.IsAsciiLetter((char)c)) throw Fault($"the escape '\\{(char)c}'");
        return Single(c);
    }

    private int Braced()
    {
        var start = position;
        while (Next is not ('}' or -1)) position++;
        var value = ReadHex(string.Concat(text[start..position]));
        position++;
        return value;
    }

    private int Hex(int digits)
    {
        if (position + digits > text.Length) throw Fault("an unfinished escape");
        var value = ReadHex(string.Concat(text[position..(position + digits)]));
        position += digits;
        return value;
    }

    private int ReadHex(string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value)
            ? value
            : throw Fault("an escape that is no character");

    private static CodePointRange[] Single(int codePoint) => [new(codePoint, codePoint)];

    private bool Take(char expected)
    {
        if (Next != expected) return false;
        position++;
        return true;
    }

    private SchemaFault Fault(string what) =>
        new("pattern", path, $"The pattern has {what} near character {Math.Min(position, text.Length)}, which cannot be enforced.");
}
