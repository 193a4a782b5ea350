using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Grammars.Matching;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Schemas;

namespace PolarGrid.MicroBench.Grammars;

/// <summary>What preparing a grammar costs, and what the set of allowed tokens costs at each place of a text: computed and remembered.</summary>
internal static class GrammarBench
{
    private const string Schema = """
        {"type":"object","properties":{"name":{"type":"string","maxLength":60},"summary":{"type":"string"},"age":{"type":"integer","minimum":0,
        "maximum":120},"tags":{"type":"array","items":{"type":"string","enum":["red","green","blue"]},"maxItems":8},"born":{"type":"string",
        "format":"date"},"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["name","summary","age","tags","born","next"],
        "additionalProperties":false}
        """;

    private const string Text = """
        {"name": "Ada", "summary": "a \"long\" story, été", "age": 36, "tags": ["red", "blue"], "born": "1815-12-10", "next": null}
        """;

    public static int Run(string modelPath)
    {
        using var model = LlamaModelLoader.Load(
            LlamaBackend.Start(null, NullLogger.Instance), modelPath, new LlamaModelOptions(), null, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        var trie = new TokenTrie(model.Tokenizer);
        Console.WriteLine($"vocabulary of {trie.VocabularySize}: {trie.Nodes.Length} nodes, read in {watch.Elapsed.TotalMilliseconds:F0} ms");

        using var schema = JsonDocument.Parse(Schema);
        var gbnf = SchemaCompiler.Compile(schema.RootElement).Gbnf!;
        Console.WriteLine($"schema to GBNF: {CpuTime.PerCall(200, () => SchemaCompiler.Compile(schema.RootElement)):F0} us, {gbnf.Length} characters");
        Console.WriteLine($"GBNF to program: {CpuTime.PerCall(200, () => Grammar.Compile(gbnf)):F0} us");

        Places(trie, "schema", gbnf, Text);
        Native(model, "schema", gbnf);
        Places(trie, "json_object", SchemaCompiler.AnyObject(), Text);
        Native(model, "json_object", SchemaCompiler.AnyObject());
        return 0;
    }

    /// <summary>The same places by the library's own sampler, which has no set to remember.</summary>
    private static unsafe void Native(LlamaModel model, string name, string gbnf)
    {
        using var chain = NativeSampling.CreateChain(NativeSampling.DefaultChainParams());
        NativeSampling.Add(chain, NativeSampling.Grammar(model.Tokenizer.Vocabulary, gbnf, "root"));
        var data = new LlamaTokenData[model.Tokenizer.VocabularySize];
        var tokens = new ArrayBufferWriter<int>();
        model.Tokenizer.Encode(Text, tokens);
        var costs = new List<double>();
        foreach (var token in tokens.WrittenSpan)
        {
            for (var id = 0; id < data.Length; id++) data[id] = new LlamaTokenData { Id = id, Logit = 1 };
            fixed (LlamaTokenData* start = data)
            {
                var array = new LlamaTokenDataArray { Data = start, Size = (nuint)data.Length, Selected = -1 };
                var started = Stopwatch.GetTimestamp();
                NativeSampling.Apply(chain, &array);
                costs.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }

            if (!float.IsFinite(data[token].Logit)) break;
            NativeSampling.Accept(chain, token);
        }

        var sorted = costs.Order().ToArray();
        Console.WriteLine($"{name}, the library's sampler: {costs.Count} places, microseconds: median {sorted[sorted.Length / 2]:F0}, "
            + $"p90 {sorted[sorted.Length * 9 / 10]:F0}, most {sorted[^1]:F0}");
    }

    private static void Places(TokenTrie trie, string name, string gbnf, string text)
    {
        for (var warm = 0; warm < 3; warm++) Walk(trie, gbnf, text, (_, _, _) => { });
        var costs = new List<(double Microseconds, int Allowed, string Before)>();
        Walk(trie, gbnf, text, (microseconds, allowed, before) => costs.Add((microseconds, allowed, before)));
        var sorted = costs.Select(cost => cost.Microseconds).Order().ToArray();
        Console.WriteLine($"{name}: allowed tokens at {costs.Count} places, microseconds: median {sorted[sorted.Length / 2]:F0}, "
            + $"p90 {sorted[sorted.Length * 9 / 10]:F0}, most {sorted[^1]:F0}, sum {sorted.Sum():F0}");
        foreach (var (microseconds, allowed, before) in costs.OrderByDescending(cost => cost.Microseconds).Take(6))
        {
            Console.WriteLine($"  {microseconds,6:F0} us, {allowed,6} allowed after {before[Math.Max(0, before.Length - 40)..]}");
        }
    }

    private static void Walk(TokenTrie trie, string gbnf, string text, Action<double, int, string> note)
    {
        var grammar = Grammar.Compile(gbnf).Value!;
        var masks = new MaskBuilder(trie);
        var state = grammar.Start;
        var utf8 = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < utf8.Length; at++)
        {
            var work = 0L;
            var started = Stopwatch.GetTimestamp();
            var mask = masks.Build(grammar, state, ref work, long.MaxValue)!;
            note(Stopwatch.GetElapsedTime(started).TotalMicroseconds, mask.Count, Encoding.UTF8.GetString(utf8[..at]));
            state = grammar.Next(state, utf8[at]);
            if (state == GrammarState.Dead) return;
        }
    }
}
