using System.Text.Json;
using PolarGrid.Engine.Grammars;
using PolarGrid.Engine.Schemas;
using PolarGrid.Engine.Tests.Grammars;

namespace PolarGrid.Engine.Tests.Schemas;

/// <summary>From a schema to a grammar, or to the reason why not.</summary>
internal static class SchemaTexts
{
    public static Grammar Compile(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        var result = SchemaCompiler.Compile(document.RootElement);
        Assert.True(result.Error is null, $"{schema}: {result.Error}");
        return GrammarTexts.Compile(result.Gbnf!);
    }

    public static SchemaError Refused(string schema)
    {
        using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = 512 });
        var result = SchemaCompiler.Compile(document.RootElement);
        Assert.True(result.Error is not null, $"{schema} was accepted: {result.Gbnf}");
        return result.Error;
    }
}
