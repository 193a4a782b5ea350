using System.Text;
using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Schemas.Texts;

/// <summary>Writes a regular expression as rules.</summary>
/// <param name="rules">Takes the parts.</param>
/// <param name="inJson">Whether the text stands in a JSON string, which escapes some characters; else it stands for itself.</param>
internal sealed class PatternRules(RuleSet rules, bool inJson = true)
{
    private static readonly (int Character, string Escape)[] Escapes =
        [('"', "\\\""), ('\\', "\\\\"), ('\b', "\\b"), ('\f', "\\f"), ('\n', "\\n"), ('\r', "\\r"), ('\t', "\\t")];

    /// <returns>Null when no text matches.</returns>
    public string? Write(PatternNode node) => node switch
    {
        PatternClass set => Class(set.Ranges),
        PatternSequence sequence => Sequence(sequence.Parts),
        PatternChoice choice => Gbnf.OneOf(choice.Options.Select(Write)),
        PatternRepeat repeat => Repeat(repeat),
        _ => throw new ArgumentException($"Unknown kind of pattern: {node.GetType().Name}.", nameof(node)),
    };

    private string? Sequence(IReadOnlyList<PatternNode> parts)
    {
        if (parts.Count == 0) return "\"\"";
        var written = new List<string>(parts.Count);
        var literal = new StringBuilder();
        foreach (var part in parts)
        {
            if (part is PatternClass { Ranges: [var only] } && only.First == only.Last && (!inJson || (only.First >= ' ' && only.First is not ('"' or '\\' or 0x7F))))
            {
                literal.Append(new Rune(only.First).ToString());
                continue;
            }

            Flush();
            if (Write(part) is not { } text) return null;
            written.Add(text);
        }

        Flush();
        return string.Join(' ', written);

        void Flush()
        {
            if (literal.Length > 0) written.Add(Gbnf.Literal(literal.ToString()));
            literal.Clear();
        }
    }

    private string? Repeat(PatternRepeat repeat)
    {
        if (Write(repeat.Part) is not { } part) return repeat.From == 0 ? "\"\"" : null;
        var atom = repeat.Part is PatternClass ? part : rules.Add(part);
        return Gbnf.Times(atom, repeat.From, repeat.To);
    }

    private string? Class(CodePointRange[] ranges)
    {
        if (!inJson) return ranges.Length == 0 ? null : $"[{string.Concat(ranges.Select(Range))}]";
        var plain = CodePoints.Complement([.. CodePoints.Complement(ranges), new(0, 0x1F), new(0x7F, 0x7F), new('"', '"'), new('\\', '\\')]);
        var options = new List<string?>();
        if (plain.Length > 0) options.Add($"[{string.Concat(plain.Select(Range))}]");
        foreach (var (character, escape) in Escapes)
        {
            if (Array.Exists(ranges, range => range.First <= character && character <= range.Last)) options.Add(Gbnf.Literal(escape));
        }

        return Gbnf.OneOf(options);
    }

    private static string Range(CodePointRange range) => range.First == range.Last
        ? Gbnf.ClassCharacter(range.First)
        : $"{Gbnf.ClassCharacter(range.First)}-{Gbnf.ClassCharacter(range.Last)}";
}
