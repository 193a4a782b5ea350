using System.Buffers;
using System.Text;
using System.Text.Json;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Schemas;
using PolarGrid.Testing.Schemas;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

/// <summary>Our grammars allow the tokens that the library's own grammar sampler allows, at every place of random answers.</summary>
public sealed unsafe class NativeGrammarTests(PolarTiny tiny) : IClassFixture<PolarTiny>
{
    private const int Tokens = 24;

    public static TheoryData<string> Grammars() =>
    [
        "root ::= \"yes\" | \"no\" | \"maybe\" \"!\"*",
        "root ::= [a-z]+ (\" \" [a-z]+){1,3} \".\"",
        "root ::= [^\\x00-\\x1F]{5,9} \"\\n\"",
        "root ::= item (\", \" item)*\nitem ::= [0-9]{1,3} | \"(\" root \")\"",
        "root ::= (\"ab\" | \"abc\" | \"b\")* \"d\"?",
        "root ::= [α-ωé中]* \"x\"",
        SchemaCompiler.AnyObject(),
        .. Enumerable.Range(0, 12).Select(seed =>
        {
            using var schema = JsonDocument.Parse(RandomSchema.Make(seed));
            return SchemaCompiler.Compile(schema.RootElement).Gbnf!;
        }),
    ];

    [Theory]
    [MemberData(nameof(Grammars))]
    public void Both_allow_the_same_tokens(string gbnf)
    {
        if (PolarTiny.FilePath is null) return;
        var vocabulary = tiny.Model.Tokenizer.Vocabulary;
        var trie = new TokenTrie(tiny.Model.Tokenizer);
        for (var seed = 0; seed < 4; seed++) Compare(gbnf, vocabulary, trie, new Random(seed));
    }

    private void Compare(string gbnf, nint vocabulary, TokenTrie trie, Random random)
    {
        var compiler = new GrammarCompiler(tiny.Model.Tokenizer);
        var (output, error) = compiler.Compile(new OutputGrammar { Gbnf = gbnf });
        output.ShouldNotBeNull(error?.Message);
        var constraint = compiler.Start(output, null);
        using var chain = NativeSampling.CreateChain(NativeSampling.DefaultChainParams());
        var grammar = NativeSampling.Grammar(vocabulary, gbnf, "root");
        grammar.ShouldNotBe(0, gbnf);
        NativeSampling.Add(chain, grammar);
        var text = new List<byte>();
        for (var count = 0; count < Tokens && !constraint.IsComplete; count++)
        {
            var ours = constraint.Allowed();
            ours.ShouldNotBeNull();
            var theirs = Allowed(chain, trie);
            var mine = Enumerable.Range(0, trie.VocabularySize).Where(token => ours.Contains(token)).ToList();
            var place = $"after '{Encoding.UTF8.GetString([.. text])}' under {gbnf}";
            mine.Except(theirs).ShouldBeEmpty(place);

            // The library lets bytes through that can never become a character.
            theirs.Except(mine).Where(token => CanBeText([.. text, .. Piece(trie, token)])).ShouldBeEmpty(place);

            var token = mine[random.Next(mine.Count)];
            if (trie.IsEnd(token)) return;
            constraint.Allows(token).ShouldBeTrue();
            constraint.Accept(token);
            NativeSampling.Accept(chain, token);
            text.AddRange(Piece(trie, token));
        }
    }

    private static byte[] Piece(TokenTrie trie, int token)
    {
        var piece = new byte[trie.LongestBytes];
        return piece[..trie.Decode(token, piece)];
    }

    /// <summary>Whether some well-formed UTF-8 begins like this.</summary>
    private static bool CanBeText(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(utf8, out _, out var used);
            if (status == OperationStatus.NeedMoreData) return true;
            if (status != OperationStatus.Done) return false;
            utf8 = utf8[used..];
        }

        return true;
    }

    /// <summary>What the library leaves with a chance, apart from control tokens, which are no text for either.</summary>
    private static List<int> Allowed(SamplerHandle chain, TokenTrie trie)
    {
        var data = new LlamaTokenData[trie.VocabularySize];
        for (var id = 0; id < data.Length; id++) data[id] = new LlamaTokenData { Id = id, Logit = 1 };
        fixed (LlamaTokenData* start = data)
        {
            var array = new LlamaTokenDataArray { Data = start, Size = (nuint)data.Length, Selected = -1 };
            NativeSampling.Apply(chain, &array);
        }

        return [.. data.Where(item => float.IsFinite(item.Logit) && (trie.IsText[item.Id] || trie.IsEnd(item.Id))).Select(item => item.Id).Order()];
    }
}
