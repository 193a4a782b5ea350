using System.Text;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Schemas;

/// <summary>A model that knows nothing: takes any allowed token, and more and more those that close what is open.</summary>
internal static class RandomWriter
{
    private const int MostTokens = 4000;

    /// <returns>The text; null when it did not end within the limit.</returns>
    public static string? Write(ITokenizer tokenizer, GrammarCompiler compiler, CompiledOutput output, Random random)
    {
        var constraint = compiler.Start(output, null);
        var text = new List<byte>();
        var piece = new byte[tokenizer.LongestPieceBytes];
        for (var count = 0; count < MostTokens; count++)
        {
            var allowed = constraint.Allowed() ?? throw new InvalidOperationException(constraint.Error!.Message);
            var token = Choose(tokenizer, allowed, random, closing: random.Next(MostTokens / 4) < count || random.Next(4) == 0);
            Assert.True(constraint.Allows(token));
            constraint.Accept(token);
            if (tokenizer.IsEndOfGeneration(token)) return Encoding.UTF8.GetString([.. text]);
            text.AddRange(piece.AsSpan(0, tokenizer.Decode(token, piece)));
            if (constraint.IsComplete) return Encoding.UTF8.GetString([.. text]);
        }

        return null;
    }

    private static int Choose(ITokenizer tokenizer, TokenMask allowed, Random random, bool closing)
    {
        var ids = Enumerable.Range(0, tokenizer.VocabularySize).Where(allowed.Contains).ToArray();
        if (closing)
        {
            var piece = new byte[tokenizer.LongestPieceBytes];
            var closers = Array.FindAll(ids, id => tokenizer.IsEndOfGeneration(id)
                || (tokenizer.Decode(id, piece) is > 0 and < 3 and var length && piece[0] is (byte)'"' or (byte)']' or (byte)'}' or (byte)'n' && length > 0));
            if (closers.Length > 0) return closers[random.Next(closers.Length)];
        }

        return ids[random.Next(ids.Length)];
    }
}
