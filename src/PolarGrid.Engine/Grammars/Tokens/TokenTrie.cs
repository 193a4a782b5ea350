using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Grammars.Tokens;

/// <summary>
/// The bytes of all tokens of a vocabulary as a tree, its nodes in the order in which a walk meets them, so that one walk beside a
/// grammar finds every token that fits and skips a whole subtree where a beginning does not. Immutable.
/// </summary>
/// <remarks>Tokens without bytes, control tokens and markup are not in it: a grammar describes text.</remarks>
internal sealed class TokenTrie
{
    private readonly ITokenizer tokenizer;

    /// <param name="tokenizer">Outlives this object. Reading 150,000 tokens takes some tens of milliseconds.</param>
    public TokenTrie(ITokenizer tokenizer)
    {
        this.tokenizer = tokenizer;
        VocabularySize = tokenizer.VocabularySize;
        LongestBytes = tokenizer.LongestPieceBytes;
        EndTokens = [.. Enumerable.Range(0, VocabularySize).Where(tokenizer.IsEndOfGeneration)];
        IsText = new bool[VocabularySize];

        var pieces = TextPieces();
        pieces.Sort(static (left, right) => left.Utf8.AsSpan().SequenceCompareTo(right.Utf8));
        var nodes = new List<Node>(pieces.Count * 2);
        var tokens = new List<int>(pieces.Count);
        var path = new List<int>();
        var previous = Array.Empty<byte>();
        foreach (var (token, utf8) in pieces)
        {
            var shared = previous.AsSpan().CommonPrefixLength(utf8);
            while (path.Count > shared)
            {
                nodes[path[^1]] = nodes[path[^1]] with { Skip = nodes.Count };
                path.RemoveAt(path.Count - 1);
            }

            for (var depth = shared; depth < utf8.Length; depth++)
            {
                path.Add(nodes.Count);
                nodes.Add(new Node(utf8[depth], (ushort)depth, 0, tokens.Count));
            }

            tokens.Add(token);
            previous = utf8;
        }

        foreach (var node in path) nodes[node] = nodes[node] with { Skip = nodes.Count };
        nodes.Add(new Node(0, 0, nodes.Count, tokens.Count));
        Nodes = [.. nodes];
        Tokens = [.. tokens];
    }

    public int VocabularySize { get; }

    /// <summary>Of the longest token.</summary>
    public int LongestBytes { get; }

    /// <summary>Tokens that end an answer.</summary>
    public int[] EndTokens { get; }

    /// <summary>All nodes but the root, each before its children; one more at the end as a sentinel.</summary>
    public Node[] Nodes { get; }

    /// <summary>Token ids in the order of their nodes.</summary>
    public int[] Tokens { get; }

    /// <summary>By token id: whether it is text.</summary>
    public bool[] IsText { get; }

    public bool IsEnd(int token) => tokenizer.IsEndOfGeneration(token);

    /// <summary>A token's bytes.</summary>
    /// <param name="utf8">At least <see cref="LongestBytes"/> long.</param>
    public int Decode(int token, Span<byte> utf8) => tokenizer.Decode(token, utf8);

    /// <summary>Control tokens of this text.</summary>
    public IEnumerable<int> ControlTokens(string text) =>
        tokenizer.SpecialTokens.Where(special => special.Text == text).Select(special => special.Id);

    private List<(int Token, byte[] Utf8)> TextPieces()
    {
        var control = tokenizer.SpecialTokens.Select(special => special.Id).ToHashSet();
        var pieces = new List<(int Token, byte[] Utf8)>(VocabularySize);
        var buffer = new byte[LongestBytes];
        for (var token = 0; token < VocabularySize; token++)
        {
            if (control.Contains(token) || tokenizer.IsEndOfGeneration(token)) continue;
            var length = tokenizer.Decode(token, buffer);
            if (length == 0) continue;
            IsText[token] = true;
            pieces.Add((token, buffer[..length]));
        }

        return pieces;
    }

    /// <param name="Byte">What leads here from the parent.</param>
    /// <param name="Depth">Bytes before this one.</param>
    /// <param name="Skip">The next node outside this one's subtree.</param>
    /// <param name="FirstToken">Where this node's own tokens begin in <see cref="Tokens"/>; they end where the next node's begin.</param>
    internal readonly record struct Node(byte Byte, ushort Depth, int Skip, int FirstToken);
}
