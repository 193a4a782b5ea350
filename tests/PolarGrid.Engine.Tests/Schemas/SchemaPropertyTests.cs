using System.Globalization;
using System.Text.Json;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Schemas;
using PolarGrid.Engine.Tests.Grammars;
using PolarGrid.Testing.Schemas;
using Xunit.Abstractions;

namespace PolarGrid.Engine.Tests.Schemas;

/// <summary>Whatever is written under a schema parses and satisfies it. POLARGRID_SCHEMAS=1000 runs that many schemas.</summary>
public sealed class SchemaPropertyTests(ITestOutputHelper output)
{
    private const int Samples = 5;

    private static readonly string[] Words =
        ["{\"", "\":", "\", \"", "\"}", "\": \"", "},", "true", "false", "null", "abc", "é", "日本", "12", "0.", "\\n", "\\\"", " the", "e-", "]}", "\\u", "  "];

    [Fact]
    public void Random_answers_satisfy_random_schemas()
    {
        var schemas = int.Parse(Environment.GetEnvironmentVariable("POLARGRID_SCHEMAS") ?? "80", CultureInfo.InvariantCulture);
        var tokenizer = new PieceTokenizer(Words);
        var compiler = new GrammarCompiler(tokenizer);
        int refused = 0, unfinished = 0, valid = 0;
        for (var seed = 0; seed < schemas; seed++)
        {
            var text = RandomSchema.Make(seed);
            using var schema = JsonDocument.Parse(text);
            var compiled = SchemaCompiler.Compile(schema.RootElement);
            if (compiled.Error is { } error)
            {
                Assert.True(error.Reason.StartsWith("No value satisfies", StringComparison.Ordinal) || error.Keyword.Length > 0, error.ToString());
                output.WriteLine($"{seed}: {error}: {text}");
                refused++;
                continue;
            }

            var (grammar, unusable) = compiler.Compile(new OutputGrammar { Gbnf = compiled.Gbnf! });
            if (grammar is null)
            {
                output.WriteLine($"{seed}: {unusable!.Message}: {text}");
                refused++;
                continue;
            }

            var oracle = new SchemaOracle(schema.RootElement);
            for (var sample = 0; sample < Samples; sample++)
            {
                if (RandomWriter.Write(tokenizer, compiler, grammar, new Random((seed * Samples) + sample)) is not { } answer)
                {
                    unfinished++;
                    continue;
                }

                using var value = Parse(answer, text);
                Assert.True(oracle.Fault(value.RootElement) is null, $"seed {seed}: {oracle.Fault(value.RootElement)}\n{answer}\n{text}");
                valid++;
            }
        }

        output.WriteLine($"{schemas} schemas, {refused} refused; {valid} answers valid, {unfinished} not finished");
        Assert.InRange(refused, 0, schemas / 10);
        Assert.InRange(unfinished, 0, schemas / 4);
    }

    private static JsonDocument Parse(string answer, string schema)
    {
        try
        {
            return JsonDocument.Parse(answer);
        }
        catch (JsonException failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{answer}\n{schema}", failure);
        }
    }
}
