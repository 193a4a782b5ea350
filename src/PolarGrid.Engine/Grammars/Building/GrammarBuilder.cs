using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Grammars.Building;

/// <summary>
/// From rules to nodes. Each item is built towards the node that follows it, so nothing is linked afterwards. Parts that no finite
/// text matches are left out: whoever follows the program can always reach its end.
/// </summary>
internal sealed class GrammarBuilder
{
    private readonly GrammarSyntax syntax;
    private readonly RuleFacts facts;
    private readonly NodeList nodes = new();
    private readonly ByteGraph bytes;
    private readonly int[] starts;
    private readonly Queue<int> wanted = new();
    private bool isTooLarge;

    private GrammarBuilder(GrammarSyntax syntax, RuleFacts facts)
    {
        this.syntax = syntax;
        this.facts = facts;
        bytes = new ByteGraph(nodes);
        starts = new int[syntax.Rules.Length];
        Array.Fill(starts, -1);
    }

    public static GrammarResult<GrammarProgram> Build(GrammarSyntax syntax)
    {
        var facts = RuleFacts.Find(syntax);
        return facts.Succeeded ? new GrammarBuilder(syntax, facts.Value).BuildAll() : new(facts.Error);
    }

    private GrammarResult<GrammarProgram> BuildAll()
    {
        Want(syntax.Root);
        while (wanted.TryDequeue(out var rule))
        {
            starts[rule] = Build(syntax.Rules[rule].Body, GrammarProgram.Return);
            if (isTooLarge)
            {
                return new(new GrammarError($"The grammar compiles to more than {GrammarLimits.Nodes} nodes; make it smaller."));
            }
        }

        return new(nodes.ToProgram(starts, syntax.Root));
    }

    private void Want(int rule)
    {
        if (starts[rule] != -1) return;
        starts[rule] = -2;
        wanted.Enqueue(rule);
    }

    /// <summary>Builds nothing more once the program is too large: one rule alone may be a hundred times the limit.</summary>
    private int Build(GrammarItem item, int next)
    {
        var least = item switch { LiteralItem literal => 2L * literal.Utf8.Length, ClassItem set => set.Ranges.Length, _ => 0 };
        isTooLarge |= nodes.Count + least > GrammarLimits.Nodes;
        if (isTooLarge) return next;
        switch (item)
        {
            case LiteralItem literal:
                return bytes.Literal(literal.Utf8, next);
            case ClassItem set:
                return bytes.Class(set.Ranges, next);
            case SequenceItem sequence:
                for (var i = sequence.Items.Length - 1; i >= 0; i--) next = Build(sequence.Items[i], next);
                return next;
            case ChoiceItem choice:
                return BuildChoice(choice, next);
            case RepeatItem repeat:
                return BuildRepeat(repeat, next);
            case RuleItem rule:
                Want(rule.Rule);
                return nodes.Add(new GrammarNode(NodeKind.Call, rule.Rule, Next: next));
            default:
                throw new ArgumentException($"Unknown kind of item: {item.GetType().Name}.", nameof(item));
        }
    }

    /// <summary>Literals among the options become one graph without a choice in it, however many there are.</summary>
    private int BuildChoice(ChoiceItem choice, int next)
    {
        var literals = new List<byte[]>();
        var targets = new List<int>();
        foreach (var option in choice.Options)
        {
            if (!facts.IsProductive(option)) continue;
            if (option is LiteralItem literal) literals.Add(literal.Utf8);
            else targets.Add(Build(option, next));
        }

        if (isTooLarge) return next;
        if (literals.Count > 0) targets.Insert(0, bytes.Literals(literals, next));
        var ways = targets.Distinct().ToList();
        return ways.Count == 1 ? ways[0] : nodes.AddSplit(ways);
    }

    private int BuildRepeat(RepeatItem repeat, int next)
    {
        if (repeat.Most == 0 || !facts.IsProductive(repeat.Item)) return next;
        var mayBeEmpty = facts.IsNullable(repeat.Item);
        var least = mayBeEmpty ? 0 : repeat.Least;
        if (repeat.Most is null && least <= 1)
        {
            var loop = nodes.AddSplit([0, next]);
            var body = Build(repeat.Item, loop);
            nodes.SetTarget(loop, 0, body);
            return least == 1 ? body : loop;
        }

        if (repeat.Most == 1)
        {
            var once = Build(repeat.Item, next);
            return least == 1 ? once : nodes.AddSplit([once, next]);
        }

        return nodes.Add(new GrammarNode(
            NodeKind.Repeat,
            Build(repeat.Item, GrammarProgram.Return),
            Next: next,
            Least: least,
            Most: repeat.Most ?? -1,
            MayBeEmpty: mayBeEmpty));
    }
}
