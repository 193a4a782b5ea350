using System.Text;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Writes keys that are none of those a schema names, so that nothing it says about a named property can be passed by.</summary>
internal sealed class KeyRules(RuleSet rules)
{
    /// <param name="names">At least one.</param>
    public string Except(IEnumerable<string> names)
    {
        // A name that is long or that JSON escapes cannot be met: these keys are short and written without escapes.
        var root = new Node();
        foreach (var name in names.Where(name => name.Length <= 2 * OpenRules.LongestKey && Gbnf.JsonText(name).Length == name.Length + 2)) root.Add(name);
        return rules.Add($"\"\\\"\" {From(root, OpenRules.LongestKey)} \"\\\"\"");
    }

    /// <summary>What may follow after the characters that lead to a node.</summary>
    /// <param name="node">Reached.</param>
    /// <param name="room">Characters that a key may still have.</param>
    private string From(Node node, int room)
    {
        var options = new List<string>();
        if (!node.IsName) options.Add("\"\"");
        var rest = Gbnf.Times(OpenRules.KeyCharacter, 0, room - 1);
        if (room == 0)
        {
            return options.Count == 0 ? "[]" : options[0];
        }

        if (node.Children.Count == 0)
        {
            options.Add($"{OpenRules.KeyCharacter} {rest}");
        }
        else
        {
            var other = string.Concat(node.Children.Keys.Select(rune => Gbnf.ClassCharacter(rune.Value)));
            options.Add($"[^\\\"\\\\\\x00-\\x1F\\x7F{other}] {rest}");
            options.AddRange(node.Children.Select(child => $"{Gbnf.Literal(child.Key.ToString())} {From(child.Value, room - 1)}"));
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
