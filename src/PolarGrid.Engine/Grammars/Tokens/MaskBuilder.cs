using PolarGrid.Engine.Grammars.Matching;

namespace PolarGrid.Engine.Grammars.Tokens;

/// <summary>Finds the tokens that a state of a grammar allows. One thread at a time.</summary>
internal sealed class MaskBuilder(TokenTrie trie)
{
    private readonly ulong[] bits = new ulong[(trie.VocabularySize + 63) / 64];
    private readonly GrammarState[] path = new GrammarState[trie.LongestBytes + 1];

    /// <summary>The mask of a state, from memory where it was computed before.</summary>
    /// <param name="grammar">The state's own.</param>
    /// <param name="state">Settled.</param>
    /// <param name="work">Grows by the work done, in units of about ten nanoseconds; the walk ends when it passes the second number.</param>
    /// <returns>Null when there was more work than allowed, or more alternatives than the limits allow.</returns>
    public TokenMask? Build(Grammar grammar, GrammarState state, ref long work, long allowed)
    {
        if (state.Mask is { } exact) return exact;
        var capped = grammar.Capped(state, trie.LongestBytes);
        if (capped.Mask is { } known) return state.Mask = known;
        Array.Clear(bits);
        if (!Walk(grammar, capped, ref work, allowed)) return null;
        if (capped.Accepts)
        {
            foreach (var token in trie.EndTokens) Set(token);
        }

        var mask = TokenMask.Of(bits);
        grammar.CountBytes(mask.Bytes);
        return state.Mask = capped.Mask = mask;
    }

    private bool Walk(Grammar grammar, GrammarState start, ref long work, long allowed)
    {
        var nodes = trie.Nodes;
        path[0] = start;
        var visits = grammar.Visits;
        var seen = visits;
        var steps = 0;
        for (var at = 0; at < nodes.Length - 1; steps++)
        {
            ref readonly var node = ref nodes[at];
            var state = grammar.Next(path[node.Depth], node.Byte);
            if (grammar.Visits != seen || (steps & 0xFF) == 0)
            {
                seen = grammar.Visits;
                if (work + Cost(steps, seen - visits) > allowed) return false;
            }

            if (state.Epoch < 0)
            {
                if (state == GrammarState.TooComplex) return false;
                at = node.Skip;
                continue;
            }

            path[node.Depth + 1] = state;
            var last = nodes[at + 1].FirstToken;
            for (var token = node.FirstToken; token < last; token++) Set(trie.Tokens[token]);
            at++;
        }

        work += Cost(steps, grammar.Visits - visits);
        return true;
    }

    // Learning where a byte leads costs about ten times as much as following what is known.
    private static long Cost(int steps, long visits) => steps + (10 * visits);

    private void Set(int token) => bits[token >> 6] |= 1UL << (token & 63);
}
