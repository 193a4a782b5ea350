using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Statements;
using PolarGrid.Engine.Templates.Syntax;

namespace PolarGrid.Engine.Templates;

/// <summary>
/// A parsed chat template: the part of Jinja that models' templates use, with the settings that transformers renders them with.
/// Immutable; one instance renders on any number of threads. Whatever a template says, it cannot use more than its
/// <see cref="TemplateLimits"/>, touch anything outside its variables, or throw.
/// </summary>
public sealed class ChatTemplate
{
    /// <summary>Longest source that is accepted; the longest known templates have some 30,000 characters.</summary>
    public const int MaxSourceCharacters = 1024 * 1024;

    private readonly string _source;
    private readonly Statement[] _body;
    private readonly IReadOnlyDictionary<string, int> _symbols;

    private ChatTemplate(string source, Statement[] body, IReadOnlyDictionary<string, int> symbols) =>
        (_source, _body, _symbols) = (source, body, symbols);

    /// <summary>As it was parsed: with one kind of line end.</summary>
    public string Source => _source;

    /// <summary>Names that the template mentions, its own variables included: tells whether it knows tools, for one.</summary>
    public IEnumerable<string> Names => _symbols.Keys;

    public static TemplateResult<ChatTemplate> Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > MaxSourceCharacters)
        {
            var message = $"The template has {source.Length} characters; at most {MaxSourceCharacters} are accepted.";
            return new(new TemplateError(TemplateStage.Syntax, message, 1, 1, nameof(MaxSourceCharacters)));
        }

        source = Normalise(source);
        try
        {
            var (body, symbols) = Parser.Parse(source);
            return new(new ChatTemplate(source, body, symbols));
        }
        catch (TemplateFault fault)
        {
            return new(ErrorOf(fault, source, 0));
        }
    }

    /// <summary>Makes a prompt.</summary>
    /// <param name="variables">messages, tools, add_generation_prompt, bos_token and whatever else the caller has.</param>
    /// <param name="clock">For <c>strftime_now</c>; the system's when null.</param>
    public TemplateResult<RenderedPrompt> Render(
        IReadOnlyDictionary<string, TemplateValue> variables, TemplateLimits? limits = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var root = new TemplateValue?[_symbols.Count];
        foreach (var (name, symbol) in _symbols)
            root[symbol] = variables.TryGetValue(name, out var value) ? value : Globals.Find(name);

        var context = new RenderContext(limits ?? TemplateLimits.Default, clock ?? TimeProvider.System, root);
        try
        {
            Block.Run(_body, context);
            return new(context.Output.ToPrompt());
        }
        catch (TemplateFault fault)
        {
            return new(ErrorOf(fault, _source, context.Position));
        }
    }

    /// <summary>As Jinja: one kind of line end, and none at the very end.</summary>
    private static string Normalise(string source)
    {
        if (source.Contains('\r', StringComparison.Ordinal))
            source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return source.EndsWith('\n') ? source[..^1] : source;
    }

    private static TemplateError ErrorOf(TemplateFault fault, string source, int runningAt)
    {
        var position = Math.Clamp(fault.Position == TemplateFault.Unknown ? runningAt : fault.Position, 0, source.Length);
        var before = source.AsSpan(0, position);
        var line = before.Count('\n') + 1;
        var column = position - before.LastIndexOf('\n');
        return new TemplateError(fault.Stage, fault.Message, line, column, fault.Limit);
    }
}
