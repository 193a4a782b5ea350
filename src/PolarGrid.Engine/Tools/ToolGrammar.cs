using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarGrid.Engine.Schemas;
using PolarGrid.Engine.Schemas.Texts;
using PolarGrid.Engine.Tools.Grammars;

namespace PolarGrid.Engine.Tools;

/// <summary>
/// Writes the grammar that holds an answer's calls to a request's tools: real names, arguments by their schemas, as many as are
/// wanted. Thinking before the answer stays free, and so does the answer where calls are not required.
/// </summary>
public static class ToolGrammar
{
    private const string AnyObjectRule = "object", CallsRule = "calls", BodyRule = "body", TextRule = "text", ThoughtRule = "thought";
    private const string Space = "[ \\n]{0,4}";

    /// <returns>The grammar, or which tool's schema cannot be enforced, and why.</returns>
    public static (OutputGrammar? Grammar, int Tool, SchemaError? Error) Write(ToolFormat format, IReadOnlyList<ToolSchema> tools, ToolDemand demand)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(demand);
        var rules = new StringBuilder();
        var named = new List<ToolRule>(tools.Count);
        var anyObject = false;
        for (var index = 0; index < tools.Count; index++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"arguments{index}");
            var (gbnf, error) = SchemaCompiler.Compile(SchemaOf(tools[index].Parameters), name);
            if (error is not null && tools[index].MustFollow) return (null, index, error);
            anyObject |= error is not null;
            rules.Append(gbnf);
            named.Add(new ToolRule(tools[index].Name, error is null ? name : AnyObjectRule));
        }

        if (anyObject) rules.Append(SchemaCompiler.AnyObject(AnyObjectRule));
        var syntax = format.Syntax(named);
        rules.Append(CultureInfo.InvariantCulture, $"{CallsRule} ::= {syntax.Calls(demand.Single)}\n");
        return (Frame(syntax, demand, rules), -1, null);
    }

    private static OutputGrammar Frame(CallSyntax syntax, ToolDemand demand, StringBuilder rules)
    {
        if (demand is { Thinking: null, Required: false, ContentRule: null } && syntax.Otherwise is null)
        {
            return new OutputGrammar { Gbnf = $"root ::= {CallsRule}\n{rules}", Triggers = syntax.Triggers };
        }

        var opened = syntax.Opener.Length == 0 ? CallsRule : $"{Gbnf.Literal(syntax.Opener)} {CallsRule}";
        var body = demand.Required ? $"{Space} {opened}"
            : demand.ContentRule is { } content ? $"{Space} ({opened} | {content})"
            : syntax.Otherwise is { } otherwise ? $"{Space} {opened} | {otherwise}"
            : TextRule;
        rules.Append(CultureInfo.InvariantCulture, $"{BodyRule} ::= {body}\n");
        if (body == TextRule) rules.Append(TextUntil.Write(syntax.Opener, TextRule, CallsRule, mayEnd: true));
        if (!demand.Required) rules.Append(demand.ContentRules);
        if (demand.Thinking is not { } markers) return new OutputGrammar { Gbnf = $"root ::= {BodyRule}\n{rules}" };
        if (demand.ThinkingOpened)
        {
            return new OutputGrammar { Gbnf = $"root ::= {BodyRule}\n{rules}", Triggers = [markers.Close], TriggerRequired = demand.Required };
        }

        rules.Append(TextUntil.Write(markers.Close, ThoughtRule, BodyRule));
        return new OutputGrammar { Gbnf = $"root ::= {Space} {Gbnf.Literal(markers.Open)} {ThoughtRule} | {BodyRule}\n{rules}" };
    }

    /// <summary>Arguments are an object even where the schema leaves that open; without a schema there are none.</summary>
    private static JsonElement SchemaOf(JsonElement? parameters)
    {
        if (parameters is not { } schema) return Parse("""{"type":"object"}""");
        if (schema.TryGetProperty("type"u8, out _)) return schema;
        var node = JsonObject.Create(schema)!;
        node.Insert(0, "type", "object");
        return Parse(node.ToJsonString());
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        return document.RootElement.Clone();
    }
}
