using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Memory;

/// <summary>
/// A radix tree over tokens, one per scope: which slots hold sequences that begin like a given prompt.
/// </summary>
/// <remarks>
/// A scope is a tenant, so a walk never meets another tenant's slots. Every edge knows the slots that run through it; an edge that
/// no slot runs through any more is cut off, so the tree is never larger than what the slots hold.
/// </remarks>
internal sealed class PrefixIndex(int slots)
{
    private readonly Dictionary<string, Edge> roots = [];
    private readonly (string Scope, int[] Tokens)?[] entries = new (string, int[])?[slots];

    /// <summary>The tokens that a slot is registered with; empty for an unknown slot.</summary>
    public ReadOnlySpan<int> TokensOf(int slot) => entries[slot] is { } entry ? entry.Tokens : [];

    /// <summary>Registers a slot's tokens; a slot has one entry at a time.</summary>
    public void Insert(string scope, int slot, int[] tokens)
    {
        if (entries[slot] is not null) throw new InvalidOperationException($"Slot {slot} is registered already.");
        entries[slot] = (scope, tokens);
        ref var root = ref CollectionsMarshal.GetValueRefOrAddDefault(roots, scope, out _);
        var at = root ??= new Edge([], 0, 0);
        at.Slots.Add(slot);
        var depth = 0;
        while (depth < tokens.Length)
        {
            at.Children ??= [];
            if (!at.Children.TryGetValue(tokens[depth], out var next))
            {
                next = new Edge(tokens, depth, tokens.Length - depth);
                next.Slots.Add(slot);
                at.Children.Add(tokens[depth], next);
                return;
            }

            var common = next.Label.CommonPrefixLength(tokens.AsSpan(depth));
            if (common < next.Length)
            {
                next = next.SplitAt(common);
                at.Children[tokens[depth]] = next;
            }

            next.Slots.Add(slot);
            depth += common;
            at = next;
        }
    }

    /// <summary>Forgets a slot; unknown slots are ignored.</summary>
    public void Remove(int slot)
    {
        if (entries[slot] is not { } entry) return;
        entries[slot] = null;
        var at = roots[entry.Scope];
        at.Slots.Remove(slot);
        if (at.Slots.IsEmpty)
        {
            roots.Remove(entry.Scope);
            return;
        }

        for (var depth = 0; depth < entry.Tokens.Length;)
        {
            var first = entry.Tokens[depth];
            var next = at.Children![first];
            next.Slots.Remove(slot);
            if (next.Slots.IsEmpty)
            {
                at.Children.Remove(first);
                return;
            }

            depth += next.Length;
            at = next;
        }
    }

    /// <summary>
    /// Walks down along the tokens. Each step tells how many tokens match so far and which slots share at least that many;
    /// steps come shortest first, and a slot is in every step up to its own longest match.
    /// </summary>
    /// <param name="scope">Whose slots to look at.</param>
    /// <param name="tokens">The prompt.</param>
    /// <param name="steps">Cleared and filled; empty when nothing matches.</param>
    public void Match(string scope, ReadOnlySpan<int> tokens, List<(int Depth, SlotSet Slots)> steps)
    {
        steps.Clear();
        if (!roots.TryGetValue(scope, out var at)) return;
        for (var depth = 0; depth < tokens.Length;)
        {
            if (at.Children is null || !at.Children.TryGetValue(tokens[depth], out var next)) return;
            var common = next.Label.CommonPrefixLength(tokens[depth..]);
            depth += common;
            steps.Add((depth, next.Slots));
            if (common < next.Length) return;
            at = next;
        }
    }

    private sealed class Edge(int[] tokens, int start, int length)
    {
        public SlotSet Slots;

        public Dictionary<int, Edge>? Children { get; set; }

        public int Length => length;

        public ReadOnlySpan<int> Label => tokens.AsSpan(start, length);

        /// <summary>Puts a new edge in front that holds the first tokens; this one keeps the rest and all children.</summary>
        public Edge SplitAt(int count)
        {
            var front = new Edge(tokens, start, count) { Slots = Slots };
            start += count;
            length -= count;
            front.Children = new() { [tokens[start]] = this };
            return front;
        }
    }
}
