using System.Numerics;

namespace PolarGrid.Engine.Grammars.Tokens;

/// <summary>A set of token ids: a bit for each token of the vocabulary, or a list where they are few. Immutable.</summary>
public sealed class TokenMask
{
    private readonly ulong[]? words;
    private readonly int[]? few;

    private TokenMask(ulong[]? words, int[]? few, int count)
    {
        this.words = words;
        this.few = few;
        Count = count;
    }

    public int Count { get; }

    /// <summary>Bit <c>i</c> of word <c>j</c> is token <c>64 j + i</c>; empty where <see cref="Few"/> says it all.</summary>
    public ReadOnlySpan<ulong> Words => words;

    /// <summary>The ids in ascending order, when they are few.</summary>
    public ReadOnlySpan<int> Few => few;

    public bool IsList => few is not null;

    internal long Bytes => 64 + (8L * (words?.Length ?? 0)) + (4L * (few?.Length ?? 0));

    public bool Contains(int token) => few is not null
        ? Array.BinarySearch(few, token) >= 0
        : (uint)token < (uint)(words!.Length * 64) && (words[token >> 6] & (1UL << (token & 63))) != 0;

    /// <summary>The smallest id of a set that is not empty.</summary>
    public int First()
    {
        if (few is not null) return few[0];
        var word = Array.FindIndex(words!, static bits => bits != 0);
        return (word * 64) + BitOperations.TrailingZeroCount(words![word]);
    }

    /// <param name="bits">Copied.</param>
    internal static TokenMask Of(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits) count += BitOperations.PopCount(word);
        return count <= bits.Length ? new TokenMask(null, Ids(bits, count), count) : new TokenMask(bits.ToArray(), null, count);
    }

    /// <summary>This set and some more tokens.</summary>
    internal TokenMask With(IEnumerable<int> tokens, int vocabularySize)
    {
        var bits = new ulong[(vocabularySize + 63) / 64];
        words?.CopyTo(bits, 0);
        foreach (var token in (few ?? []).Concat(tokens)) bits[token >> 6] |= 1UL << (token & 63);
        return Of(bits);
    }

    private static int[] Ids(ReadOnlySpan<ulong> bits, int count)
    {
        var ids = new int[count];
        var next = 0;
        for (var word = 0; word < bits.Length; word++)
        {
            for (var rest = bits[word]; rest != 0; rest &= rest - 1) ids[next++] = (word * 64) + BitOperations.TrailingZeroCount(rest);
        }

        return ids;
    }
}
