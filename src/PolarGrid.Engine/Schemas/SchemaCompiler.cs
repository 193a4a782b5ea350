using System.Text.Json;
using PolarGrid.Engine.Schemas.Structures;
using PolarGrid.Engine.Schemas.Texts;

namespace PolarGrid.Engine.Schemas;

/// <summary>
/// Turns a JSON Schema into GBNF rules whose every text is JSON that satisfies the schema. What cannot be enforced is refused by keyword
/// and path; nothing is loosened. Where a schema leaves things open the rules may write less than it allows: no properties beyond those
/// named unless <c>additionalProperties</c> asks for them, properties in the schema's order, numbers of at most 16 digits, at most one
/// space between items, and values without a schema nested at most 16 deep.
/// </summary>
/// <remarks>Drafts 4 to 2020-12 as far as they agree, plus <c>nullable</c>. Pure; safe on any thread; takes milliseconds, for a hostile schema up to some hundreds.</remarks>
public static class SchemaCompiler
{
    /// <param name="schema">An object or a boolean.</param>
    /// <param name="rule">Name of the rule that matches a value: letters, digits, hyphens.</param>
    public static SchemaResult Compile(JsonElement schema, string rule = "root")
    {
        try
        {
            var text = schema.GetRawText();
            if (text.Length > SchemaLimits.Characters)
            {
                return Refused(new SchemaError("", "#", $"The schema has {text.Length} characters; {SchemaLimits.Characters} are allowed."));
            }

            var rules = new RuleSet(rule);
            var document = new SchemaDocument(schema);
            var start = new SchemaWriter(document, rules).Write([document.Root]);
            return start is null
                ? Refused(new SchemaError("", "#", "No value satisfies the schema."))
                : new SchemaResult(rules.Write(start), null);
        }
        catch (SchemaFault fault)
        {
            return Refused(fault.Error);
        }
        catch (InvalidOperationException)
        {
            // Thrown where a JSON text is read that is none.
            return Refused(new SchemaError("", "#", "The schema holds half of a surrogate pair, which is no text."));
        }
    }

    /// <summary>Rules for any JSON object, nested at most 16 deep.</summary>
    public static string AnyObject(string rule = "root")
    {
        var rules = new RuleSet(rule);
        return rules.Write(new OpenRules(rules).Object());
    }

    /// <summary>Rules for a text that a regular expression matches as a whole.</summary>
    public static SchemaResult Pattern(string pattern, string rule = "root")
    {
        try
        {
            var rules = new RuleSet(rule);
            return new PatternRules(rules, inJson: false).Write(PatternParser.Parse(pattern, "#", whole: true)) is { } start
                ? new SchemaResult(rules.Write(start), null)
                : Refused(new SchemaError("pattern", "#", "No text matches the pattern."));
        }
        catch (SchemaFault fault)
        {
            return Refused(fault.Error);
        }
    }

    /// <summary>Rules for exactly one of these texts.</summary>
    /// <param name="texts">At least one.</param>
    /// <param name="rule">Name of the rule.</param>
    public static string OneOf(IEnumerable<string> texts, string rule = "root") => $"{rule} ::= {Gbnf.OneOf(texts.Select(Gbnf.Literal))}\n";

    /// <summary>A text as GBNF writes it, in quotes.</summary>
    public static string Literal(string text) => Gbnf.Literal(text);

    private static SchemaResult Refused(SchemaError error) => new(null, error);
}
