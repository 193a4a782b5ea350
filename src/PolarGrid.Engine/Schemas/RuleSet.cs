using System.Globalization;
using System.Text;

namespace PolarGrid.Engine.Schemas;

/// <summary>The rules that are being written. Rules that say the same are one.</summary>
internal sealed class RuleSet(string root)
{
    private readonly Dictionary<string, string> namesByBody = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Body)> rules = [];
    private int count;
    private int characters;

    /// <summary>A name for a rule that is not known yet.</summary>
    public string Reserve() => string.Create(CultureInfo.InvariantCulture, $"{root}-{++count}");

    /// <summary>The name of a rule with this right side.</summary>
    public string Add(string body)
    {
        if (namesByBody.TryGetValue(body, out var known)) return known;
        var name = Reserve();
        Define(name, body);
        namesByBody.Add(body, name);
        return name;
    }

    public void Define(string name, string body)
    {
        characters += name.Length + body.Length + 6;
        if (characters > SchemaLimits.GrammarCharacters)
        {
            throw new SchemaFault("", "#", $"The schema needs rules of more than {SchemaLimits.GrammarCharacters} characters; make it smaller.");
        }

        rules.Add((name, body));
    }

    /// <summary>All rules; the first is the one asked for.</summary>
    public string Write(string start)
    {
        var text = new StringBuilder(characters + 64).Append(root).Append(" ::= ").Append(start).Append('\n');
        foreach (var (name, body) in rules) text.Append(name).Append(" ::= ").Append(body).Append('\n');
        return text.ToString();
    }
}
