namespace PolarGrid.Engine.Grammars.Tokens;

/// <summary>
/// Which tokens one choice may have next. Asked first about the token that was drawn freely; only when that one does not fit is the
/// whole set needed.
/// </summary>
/// <remarks>Lives on the loop's thread. What it costs is bounded: a grammar that takes too much work fails its own request.</remarks>
public sealed class TokenConstraint
{
    // In units of about ten nanoseconds: one answer may take 200 ms beyond the millisecond that each of its tokens is good for, and a
    // single token 50 ms, so that neighbours in the same batch do not notice.
    private const long MostCredit = 20_000_000, CreditPerToken = 100_000, MostAtOnce = 5_000_000;

    private readonly Grammar grammar;
    private readonly TokenTrie trie;
    private readonly MaskBuilder masks;
    private readonly IReadOnlyDictionary<int, byte[]>? shown;
    private readonly TriggerScan? triggers;
    private readonly int[] triggerTokens;
    private readonly bool mayEndFreely;
    private readonly int triggerCount;
    private readonly byte[] piece;
    private Matching.GrammarState state;
    private Matching.GrammarState? drawnState;
    private int drawn = -1;
    private bool waits;
    private long credit = MostCredit;

    internal TokenConstraint(CompiledOutput output, TokenTrie trie, MaskBuilder masks, IReadOnlyDictionary<int, byte[]>? shown)
    {
        grammar = output.Grammar;
        this.trie = trie;
        this.masks = masks;
        this.shown = shown;
        state = grammar.Start;
        var longest = Math.Max(trie.LongestBytes, shown?.Values.Max(text => text.Length) ?? 0);
        piece = new byte[trie.LongestBytes];
        triggerTokens = output.TriggerTokens;
        mayEndFreely = !output.TriggerRequired;
        triggerCount = output.Triggers.Length;
        if (output.Triggers.Length == 0) return;
        triggers = new TriggerScan(output.Triggers, longest);
        waits = true;
    }

    /// <summary>Whether the text so far is complete and nothing can follow it.</summary>
    public bool IsComplete => !waits && state.IsFinal;

    /// <summary>Why this choice cannot go on; set when <see cref="Allowed"/> gave nothing.</summary>
    public EngineError? Error { get; private set; }

    /// <summary>Whether the token may come next.</summary>
    public bool Allows(int token)
    {
        if (waits) return AllowsWhileFree(token);
        state = grammar.Settle(state);
        if (trie.IsEnd(token)) return state.Accepts;
        if (!trie.IsText[token] && shown?.ContainsKey(token) is not true) return false;
        drawnState = Follow(Bytes(token));
        drawn = token;
        return drawnState.Epoch >= 0;
    }

    /// <summary>All tokens that may come next, at least one; null when there are none or finding them took too much work.</summary>
    public TokenMask? Allowed()
    {
        if (waits) return AllowedWhileFree();
        state = grammar.Settle(state);
        var work = 0L;
        var mask = masks.Build(grammar, state, ref work, Math.Min(MostAtOnce, credit));
        credit -= work;
        if (mask is null) return Fail("Following the output grammar takes more work than one answer may cost; make the grammar or schema less ambiguous.");
        if (shown is not null) mask = WithShown(mask);
        return mask.Count > 0 ? mask : Fail("No token of this model fits the output grammar at this place.");
    }

    /// <summary>Takes a token that is allowed.</summary>
    public void Accept(int token)
    {
        credit = Math.Min(MostCredit, credit + CreditPerToken);
        if (waits)
        {
            AcceptWhileFree(token);
            return;
        }

        if (trie.IsEnd(token)) return;
        state = drawn == token && drawnState is not null ? drawnState : Follow(Bytes(token));
        drawnState = null;
    }

    private Matching.GrammarState Follow(ReadOnlySpan<byte> text)
    {
        var visits = grammar.Visits;
        var next = grammar.Settle(state);
        foreach (var value in text)
        {
            next = 10 * (grammar.Visits - visits) < MostAtOnce ? grammar.Next(next, value) : Matching.GrammarState.TooComplex;
            if (next.Epoch < 0) break;
        }

        credit -= 10 * (grammar.Visits - visits);
        return next;
    }

    private bool AllowsWhileFree(int token)
    {
        if (trie.IsEnd(token)) return mayEndFreely;
        var bytes = Bytes(token);
        var end = triggers!.Find(bytes);
        return end < 0 || Follow(bytes[end..]).Epoch >= 0;
    }

    private TokenMask? AllowedWhileFree()
    {
        var bits = new ulong[(trie.VocabularySize + 63) / 64];
        for (var token = 0; token < trie.VocabularySize && credit > 0; token++)
        {
            if (AllowsWhileFree(token)) bits[token >> 6] |= 1UL << (token & 63);
        }

        // Each token is searched for each trigger; rare where a trigger may be left out, but a required one is asked for at every drawn end.
        credit -= 5L * trie.VocabularySize * triggerCount;
        var mask = TokenMask.Of(bits);
        return credit > 0 && mask.Count > 0 ? mask : Fail("The output grammar cannot be followed from here.");
    }

    private void AcceptWhileFree(int token)
    {
        var bytes = Bytes(token);
        var end = triggers!.Find(bytes);
        if (end >= 0) state = Follow(bytes[end..]);
        else triggers.Add(bytes);
        waits = end < 0 && !triggerTokens.Contains(token);
    }

    /// <summary>Control tokens that count as text fit where their text does.</summary>
    private TokenMask WithShown(TokenMask mask)
    {
        List<int>? fitting = null;
        foreach (var (token, text) in shown!)
        {
            if (!trie.IsEnd(token) && Follow(text).Epoch >= 0) (fitting ??= []).Add(token);
        }

        return fitting is null ? mask : mask.With(fitting, trie.VocabularySize);
    }

    private ReadOnlySpan<byte> Bytes(int token) =>
        shown is not null && shown.TryGetValue(token, out var text) ? text : piece.AsSpan(0, trie.Decode(token, piece));

    private TokenMask? Fail(string message)
    {
        Error = new EngineError(EngineStage.Decode, EngineErrorCode.GrammarFailed, message);
        return null;
    }
}
