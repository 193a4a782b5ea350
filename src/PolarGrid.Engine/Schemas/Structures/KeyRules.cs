using System.Text;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Writes keys that are none of those a schema names, so that nothing it says about a named property can be passed by.</summary>
internal sealed class KeyRules(RuleSet rules)
{
    private static readonly string AnyRest = $"{OpenRules.KeyCharacter}{{0,{OpenRules.LongestKey}}}";

    /// <param name="names">At least one.</param>
    public string Except(IEnumerable<string> names)
    {
        // A name that JSON escapes cannot be met: these keys are written without escapes.
        var root = new Node();
        foreach (var name in names.Where(name => Gbnf.JsonText(name).Length == name.Length + 2)) root.Add(name);
        return rules.Add($"\"\\\"\" {From(root)} \"\\\"\"");
    }

    /// <summary>What may follow after the characters that lead to a node.</summary>
    private string From(Node node)
    {
        var options = new List<string>();
        if (!node.IsName) options.Add("\"\"");
        if (node.Children.Count == 0)
        {
            options.Add($"{OpenRules.KeyCharacter} {AnyRest}");
        }
        else
        {
            var other = string.Concat(node.Children.Keys.Select(rune => Gbnf.ClassCharacter(rune.Value)));
            options.Add($"[^\\\"\\\\\\x00-\\x1F\\x7F{other}] {AnyRest}");
            options.AddRange(node.Children.Select(child => $"{Gbnf.Literal(child.Key.ToString())} {From(child.Value)}"));
        }

        return rules.Add(string.Join(" | ", options));
    }

    private sealed class Node
    {
        public SortedDictionary<Rune, Node> Children { get; } = [];

        public bool IsName { get; private set; }

        public void Add(string name)
        {
            var at = this;
            foreach (var rune in name.EnumerateRunes())
            {
                if (!at.Children.TryGetValue(rune, out var child)) at.Children[rune] = child = new Node();
                at = child;
            }

            at.IsName = true;
        }
    }
}
