using PolarGrid.Engine.Grammars.Building;

namespace PolarGrid.Engine.Grammars.Matching;

/// <summary>Follows a program without taking text, to the branches that wait for a byte.</summary>
internal sealed class Closure(GrammarProgram program, StackTable table)
{
    private readonly Stack<(int Node, GrammarStack? Below)> pending = [];
    private readonly HashSet<(int Node, int Below)> seen = [];
    private readonly HashSet<GrammarStack> begun = [];

    /// <summary>Nodes visited since the start.</summary>
    public long Visits { get; private set; }

    /// <summary>Most visits until the next change of this number; beyond it, <see cref="Add"/> gives up.</summary>
    public long VisitsAllowed { get; set; } = long.MaxValue;

    /// <summary>Adds the stacks that wait, going on from a node.</summary>
    /// <returns>Whether the text may end here; null when a limit was reached.</returns>
    public bool? Add(int start, GrammarStack? below, List<GrammarStack> waiting)
    {
        var ends = false;
        pending.Clear();
        seen.Clear();
        begun.Clear();
        pending.Push((start, below));
        while (pending.TryPop(out var at))
        {
            if (++Visits > VisitsAllowed) return null;
            ref readonly var node = ref program.Nodes[at.Node];
            if (node.Kind == NodeKind.Branch)
            {
                waiting.Add(table.Stack(at.Node, at.Below));
                if (waiting.Count > 4 * GrammarLimits.Stacks) return null;
                continue;
            }

            // A node may be reached with the same stack in several ways; once is enough, and loops end here.
            if (!seen.Add((at.Node, at.Below?.Id ?? -1))) continue;
            if (seen.Count > 4 * GrammarLimits.Stacks || at.Below?.Depth > GrammarLimits.StackDepth) return null;
            switch (node.Kind)
            {
                case NodeKind.Split:
                    foreach (var target in program.Targets.AsSpan(node.First, node.Count)) pending.Push((target, at.Below));
                    break;
                case NodeKind.Call:
                    pending.Push((node.First, node.Next == GrammarProgram.Return ? at.Below : table.Stack(node.Next, at.Below)));
                    break;
                case NodeKind.Repeat:
                    Repeat(at.Node, node.Least, node.Most, at.Below);
                    break;
                case NodeKind.Return when at.Below is null:
                    ends = true;
                    break;
                case NodeKind.Return:
                    Return(at.Below);
                    break;
            }
        }

        return ends;
    }

    private void Return(GrammarStack entry)
    {
        if (entry.Most == GrammarStack.NoCount) pending.Push((entry.Node, entry.Below));

        // A round that began without a byte in between took no text: making it again would change nothing.
        else if (!begun.Contains(entry)) Repeat(entry.Node, entry.Least, entry.Most, entry.Below);
    }

    private void Repeat(int repeat, int least, int most, GrammarStack? below)
    {
        ref readonly var node = ref program.Nodes[repeat];
        if (least <= 0) pending.Push((node.Next, below));
        if (most == 0) return;
        var round = table.Stack(repeat, below, Math.Max(0, least - 1), most < 0 ? -1 : most - 1);
        if (node.MayBeEmpty) begun.Add(round);
        pending.Push((node.First, round));
    }
}
