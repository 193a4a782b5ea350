using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Schemas;
using PolarGrid.Engine.Tests.Grammars;
using PolarGrid.Engine.Tests.Running;
using PolarGrid.Testing.Schemas;
using Xunit.Abstractions;

namespace PolarGrid.Engine.Tests.Schemas;

/// <summary>Schemas that are meant to do harm end in an answer or an error, soon. POLARGRID_HOSTILE=10000 runs that many.</summary>
public sealed class HostileSchemaTests(ITestOutputHelper output)
{
    private const int Tokens = 24, Tries = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static int Count => int.Parse(Environment.GetEnvironmentVariable("POLARGRID_HOSTILE") ?? "320", CultureInfo.InvariantCulture);

    [Fact]
    public void No_schema_takes_a_second_to_prepare_or_a_token_to_choose()
    {
        var tokenizer = new PieceTokenizer([.. Words()]);
        var compiler = new GrammarCompiler(tokenizer);
        var (compiled, refused, failed) = (0, 0, 0);
        var (slowestCompile, slowestToken) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var seed = 0; seed < Count; seed++)
        {
            var text = HostileSchema.Make(seed);
            var watch = Stopwatch.StartNew();
            var grammar = Compile(compiler, text);
            var took = watch.Elapsed;
            if (took > slowestCompile) slowestCompile = took;
            Assert.True(took < Longest, $"seed {seed} took {took} to prepare: {text[..Math.Min(200, text.Length)]}");
            if (grammar is null)
            {
                refused++;
                continue;
            }

            compiled++;
            var constraint = compiler.Start(grammar, null);
            var random = new Random(seed);
            for (var count = 0; count < Tokens && !constraint.IsComplete; count++)
            {
                watch.Restart();
                var allowed = constraint.Allowed();
                if (allowed is not null) Accept(tokenizer, constraint, allowed, random);
                if (watch.Elapsed > slowestToken) slowestToken = watch.Elapsed;
                Assert.True(watch.Elapsed < Longest, $"seed {seed} took {watch.Elapsed} for one token: {text[..Math.Min(200, text.Length)]}");
                if (allowed is not null) continue;
                failed++;
                break;
            }
        }

        output.WriteLine($"{Count} schemas: {compiled} compiled, {refused} refused, {failed} given up while writing; "
            + $"slowest to prepare {slowestCompile.TotalMilliseconds:F0} ms, slowest token {slowestToken.TotalMilliseconds:F0} ms");
        Assert.True(compiled > Count / 4 && refused > Count / 8);
    }

    [Fact]
    public async Task A_neighbour_gets_the_same_answer_without_a_gap()
    {
        var alone = await NeighbourAsync([]);
        var beside = await NeighbourAsync([.. Enumerable.Range(0, Count).Select(HostileSchema.Make)]);
        Assert.Equal(alone.Text, beside.Text);

        // A gap every time is the schemas' fault; once may be that of a busy machine.
        for (var again = 1; again < Tries && beside.LongestGap >= Longest; again++)
        {
            beside = await NeighbourAsync([.. Enumerable.Range(0, Count).Select(HostileSchema.Make)]);
        }

        Assert.True(beside.LongestGap < Longest, $"{beside.LongestGap}");
        output.WriteLine($"longest gap alone {alone.LongestGap.TotalMilliseconds:F1} ms, beside {beside.LongestGap.TotalMilliseconds:F1} ms");
    }

    /// <summary>Several thousand tokens of a free answer while others send schemas.</summary>
    private static async Task<(string Text, TimeSpan LongestGap)> NeighbourAsync(string[] schemas)
    {
        var tokenizer = new PieceTokenizer([.. Words()]);
        using var runner = new RecallingRunner(new RunnerCapacity(16, 1 << 16, 64, 16, true), tokenizer.VocabularySize);
        var model = new ModelDescription
        {
            Id = "m", Architecture = "a", Quantisation = "q", Parameters = 1, ContextTokens = 1 << 14, KvTokens = 1 << 16, MemoryBytes = 1,
            VocabularySize = tokenizer.VocabularySize, MaxChoices = 4, HasChatTemplate = false, Created = 0,
        };
        await using var engine = new LocalTextEngine(
            model, runner, tokenizer, null, new SchedulerOptions { MaxRunning = 8 }, TimeProvider.System, NullLogger<LocalTextEngine>.Instance);
        var stream = engine.Submit(Request([1, 2, 3], 4000, null), CancellationToken.None);
        var others = Task.Run(async () =>
        {
            foreach (var schema in schemas)
            {
                using var document = Parse(schema);
                if (document is null || SchemaCompiler.Compile(document.RootElement).Gbnf is not { } gbnf) continue;
                await Answer.ReadAsync(engine.Submit(Request([5, 6], Tokens, gbnf), CancellationToken.None), 1);
            }
        });

        var text = new StringBuilder();
        var longest = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        while (await stream.WaitAsync())
        {
            while (stream.TryRead(out var item)) text.Append(Convert.ToHexString(stream.TextOf(item)));
            if (watch.Elapsed > longest) longest = watch.Elapsed;
            watch.Restart();
        }

        await others;
        return (text.ToString(), longest);
    }

    private static GenerationRequest Request(int[] prompt, int tokens, string? gbnf) => new()
    {
        Id = "r",
        Tenant = "t",
        Prompt = new TokenPrompt(prompt),
        MaxTokens = tokens,
        Sampling = new SamplingSettings { IgnoreEndOfText = gbnf is null },
        Grammar = gbnf is null ? null : new OutputGrammar { Gbnf = gbnf },
    };

    private static CompiledOutput? Compile(GrammarCompiler compiler, string text)
    {
        using var document = Parse(text);
        return document is not null && SchemaCompiler.Compile(document.RootElement).Gbnf is { } gbnf
            ? compiler.Compile(new OutputGrammar { Gbnf = gbnf }).Output
            : null;
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1024 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Accept(PieceTokenizer tokenizer, TokenConstraint constraint, TokenMask allowed, Random random)
    {
        var token = random.Next(tokenizer.VocabularySize);
        while (!allowed.Contains(token)) token = (token + 1) % tokenizer.VocabularySize;
        Assert.True(constraint.Allows(token));
        constraint.Accept(token);
    }

    /// <summary>Some thousand pieces, as a vocabulary has them.</summary>
    private static IEnumerable<string> Words()
    {
        var random = new Random(1);
        return Enumerable.Range(0, 8000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 9)).Select(_ => "abcdeabcdxp0123456789 \",:{}[]éß"[random.Next(31)])))
            .Distinct(StringComparer.Ordinal);
    }
}
