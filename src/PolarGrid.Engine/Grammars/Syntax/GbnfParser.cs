using System.Text;

namespace PolarGrid.Engine.Grammars.Syntax;

/// <summary>
/// Reads GBNF as llama.cpp defines it: rules, literals, classes, <c>.</c>, groups, <c>| * + ? {m,n}</c>, comments. Its references to
/// tokens (<c>&lt;name&gt;</c>, <c>!</c>) are refused: here a grammar describes text.
/// </summary>
internal sealed class GbnfParser
{
    private readonly GbnfReader reader;
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<GrammarItem?> bodies = [];
    private readonly List<int> firstUse = [];
    private int depth;

    private GbnfParser(string text) => reader = new GbnfReader(text);

    public static GrammarResult<GrammarSyntax> Parse(string text)
    {
        if (text.Length > GrammarLimits.Characters)
        {
            return new(new GrammarError($"The grammar has {text.Length} characters; {GrammarLimits.Characters} are allowed."));
        }

        try
        {
            return new(new GbnfParser(text).ReadAll());
        }
        catch (GbnfFault fault)
        {
            return new(fault.Error);
        }
    }

    private GrammarSyntax ReadAll()
    {
        reader.SkipSpace(lines: true);
        while (!reader.AtEnd)
        {
            ReadRule();
            reader.SkipSpace(lines: true);
        }

        for (var rule = 0; rule < names.Count; rule++)
        {
            if (bodies[rule] is null) throw reader.Fault($"Rule '{names[rule]}' is not defined.", firstUse[rule]);
        }

        if (!indices.TryGetValue("root", out var root)) throw reader.Fault("There is no rule 'root'; a text begins there.", 0);
        return new GrammarSyntax([.. names.Zip(bodies, (name, body) => new GrammarRule(name, body!))], root);
    }

    private void ReadRule()
    {
        var start = reader.Position;
        var name = reader.Name();
        if (name.Length == 0) throw reader.Fault("The name of a rule is expected here: letters, digits and hyphens.");
        reader.SkipSpace(lines: false);
        if (!reader.Take("::=")) throw reader.Fault($"'::=' is expected after the rule name '{name}'.");
        reader.SkipSpace(lines: true);
        var rule = IndexOf(name, start);
        if (bodies[rule] is not null) throw reader.Fault($"Rule '{name}' is defined twice.", start);
        bodies[rule] = ReadChoice(nested: false);
        if (!reader.AtEnd && reader.Next is not ('\r' or '\n')) throw reader.Fault($"'{reader.Next}' does not belong here; a rule ends with its line.");
    }

    private GrammarItem ReadChoice(bool nested)
    {
        if (++depth > GrammarLimits.Nesting) throw reader.Fault($"Parentheses are nested more than {GrammarLimits.Nesting} deep.");
        var options = new List<GrammarItem> { ReadSequence(nested) };
        while (reader.Take('|'))
        {
            reader.SkipSpace(lines: true);
            options.Add(ReadSequence(nested));
        }

        depth--;
        return options.Count == 1 ? options[0] : new ChoiceItem([.. options]);
    }

    private GrammarItem ReadSequence(bool nested)
    {
        var items = new List<GrammarItem>();
        while (ReadItem(nested) is { } item)
        {
            reader.SkipSpace(nested);
            items.Add(ReadRepetition(item, nested));
        }

        return items.Count == 1 ? items[0] : new SequenceItem([.. items]);
    }

    private GrammarItem? ReadItem(bool nested)
    {
        switch (reader.Next)
        {
            case '"':
                return ReadLiteral();
            case '[':
                return ReadClass();
            case '.':
                reader.Skip();
                return new ClassItem(CodePoints.Any);
            case '(':
                reader.Skip();
                reader.SkipSpace(lines: true);
                var group = ReadChoice(nested: true);
                return reader.Take(')') ? group : throw reader.Fault("A ')' is missing here.");
            case '<' or '!':
                throw reader.Fault("Tokens cannot be named in a grammar here; it describes text.");
            default:
                var start = reader.Position;
                var name = reader.Name();
                return name.Length == 0 ? null : new RuleItem(IndexOf(name, start));
        }
    }

    private LiteralItem ReadLiteral()
    {
        reader.Skip();
        var text = new StringBuilder();
        while (true)
        {
            text.Append(reader.Plain());
            if (reader.Take('"')) break;
            text.Append(new Rune(reader.CodePoint()).ToString());
        }

        return new LiteralItem(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private ClassItem ReadClass()
    {
        reader.Skip();
        var negated = reader.Take('^');
        var ranges = new List<CodePointRange>();
        while (!reader.Take(']'))
        {
            var start = reader.Position;
            var first = reader.CodePoint();
            var last = first;
            if (reader.Next == '-' && !ClosesAfterHyphen())
            {
                reader.Skip();
                last = reader.CodePoint();
                if (last < first) throw reader.Fault("This range is the wrong way round.", start);
            }

            ranges.Add(new(first, last));
        }

        return new ClassItem(negated ? CodePoints.Complement(ranges) : CodePoints.Normalise(ranges));
    }

    private bool ClosesAfterHyphen()
    {
        reader.Skip();
        var closes = reader.Next == ']';
        reader.Skip(-1);
        return closes;
    }

    /// <summary>Reads the repetitions behind an item; several apply one after the other.</summary>
    private GrammarItem ReadRepetition(GrammarItem item, bool nested)
    {
        var count = 0;
        while (true)
        {
            var start = reader.Position;
            (int Least, int? Most)? times = reader.Next switch
            {
                '*' => (0, null),
                '+' => (1, null),
                '?' => (0, 1),
                '{' => null,
                _ => (-1, null),
            };
            if (times is { Least: < 0 }) return item;
            reader.Skip();
            times ??= ReadCounts(nested);
            if (times.Value.Most < times.Value.Least) throw reader.Fault("This repetition has a maximum below its minimum.", start);
            if (++count > GrammarLimits.Nesting) throw reader.Fault($"More than {GrammarLimits.Nesting} repetitions stand behind one item.", start);
            item = new RepeatItem(item, times.Value.Least, times.Value.Most);
            if (item.Depth > GrammarLimits.ItemDepth)
            {
                throw reader.Fault($"Groups and repetitions are nested more than {GrammarLimits.ItemDepth} deep; use rules of their own.", start);
            }

            reader.SkipSpace(nested);
        }
    }

    private (int Least, int? Most) ReadCounts(bool nested)
    {
        reader.SkipSpace(nested);
        var least = reader.Number();
        reader.SkipSpace(nested);
        int? most = least;
        if (reader.Take(','))
        {
            reader.SkipSpace(nested);
            most = char.IsAsciiDigit(reader.Next) ? reader.Number() : null;
            reader.SkipSpace(nested);
        }

        return reader.Take('}') ? (least, most) : throw reader.Fault("A '}' is missing here.");
    }

    private int IndexOf(string name, int position)
    {
        if (indices.TryGetValue(name, out var known)) return known;
        if (names.Count == GrammarLimits.Rules) throw reader.Fault($"The grammar has more than {GrammarLimits.Rules} rules.", position);
        indices[name] = names.Count;
        names.Add(name);
        bodies.Add(null);
        firstUse.Add(position);
        return names.Count - 1;
    }
}
