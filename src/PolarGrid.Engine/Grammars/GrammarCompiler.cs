using System.Text;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Grammars;

/// <summary>
/// Prepares output grammars for one engine on request threads, and keeps the ones used last, so that a grammar that comes again has its
/// program and what was learned by following it.
/// </summary>
/// <remarks>Thread-safe, except that constraints made here are all followed on one thread, the engine's loop.</remarks>
internal sealed class GrammarCompiler(ITokenizer tokenizer)
{
    /// <summary>Grammars that are kept.</summary>
    private const int MostKept = 32;

    /// <summary>Bytes of texts and programs that are kept; what is learned has a bound of its own for each grammar.</summary>
    private const long MostKeptBytes = 64L << 20;

    private const int MostTriggers = 128, LongestTrigger = 1024;

    private readonly Lazy<(TokenTrie Trie, MaskBuilder Masks)> tokens = new(() =>
    {
        var trie = new TokenTrie(tokenizer);
        return (trie, new MaskBuilder(trie));
    });

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Gbnf, Grammar Grammar)>> kept = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Gbnf, Grammar Grammar)> order = [];
    private long keptBytes;

    /// <summary>Compiles, or finds what was compiled before; exactly one of the two is null.</summary>
    public (CompiledOutput? Output, EngineError? Error) Compile(OutputGrammar request)
    {
        if (request.Triggers.Count > MostTriggers || request.Triggers.Any(trigger => trigger.Length is 0 or > LongestTrigger))
        {
            return (null, Invalid($"An output grammar has at most {MostTriggers} triggers of 1 to {LongestTrigger} characters each."));
        }

        if (request.TriggerRequired && request.Triggers.Count == 0) return (null, Invalid("A required trigger needs at least one trigger."));
        var grammar = Find(request.Gbnf);
        if (grammar is null)
        {
            var compiled = Grammar.Compile(request.Gbnf);
            if (!compiled.Succeeded) return (null, Invalid($"The output grammar cannot be used: {compiled.Error}"));
            grammar = Keep(request.Gbnf, compiled.Value);
        }

        return (new CompiledOutput(
            grammar,
            [.. request.Triggers.Select(Encoding.UTF8.GetBytes)],
            [.. request.Triggers.SelectMany(tokens.Value.Trie.ControlTokens)],
            request.TriggerRequired), null);
    }

    /// <summary>A constraint for one choice, at the beginning of its answer.</summary>
    /// <param name="output">Compiled here.</param>
    /// <param name="shown">Control tokens that count as text, and the text; null for none.</param>
    public TokenConstraint Start(CompiledOutput output, IReadOnlyDictionary<int, byte[]>? shown) => new(output, tokens.Value.Trie, tokens.Value.Masks, shown);

    private static EngineError Invalid(string message) => new(EngineStage.Prepare, EngineErrorCode.InvalidGrammar, message);

    private Grammar? Find(string gbnf)
    {
        lock (gate)
        {
            if (!kept.TryGetValue(gbnf, out var node)) return null;
            order.Remove(node);
            order.AddFirst(node);
            return node.Value.Grammar;
        }
    }

    /// <returns>The one that is kept: another thread may have been first.</returns>
    private Grammar Keep(string gbnf, Grammar grammar)
    {
        lock (gate)
        {
            if (kept.TryGetValue(gbnf, out var other)) return other.Value.Grammar;
            kept[gbnf] = order.AddFirst((gbnf, grammar));
            keptBytes += BytesOf(gbnf, grammar);
            while (order.Count > MostKept || (keptBytes > MostKeptBytes && order.Count > 1))
            {
                var (oldText, oldGrammar) = order.Last!.Value;
                order.RemoveLast();
                kept.Remove(oldText);
                keptBytes -= BytesOf(oldText, oldGrammar);
            }

            return grammar;
        }
    }

    private static long BytesOf(string gbnf, Grammar grammar) => (2L * gbnf.Length) + grammar.ProgramBytes;
}
