using PolarGrid.Engine.Schemas;

namespace PolarGrid.Engine.Tools.Grammars;

/// <summary>Pieces of GBNF that several families share.</summary>
internal static class CallRules
{
    public const string MaybeSpace = "\" \"?", Layout = "[ \\n]{0,12}";

    /// <summary>A call as a JSON object.</summary>
    public static string Object(IEnumerable<ToolRule> tools, string name, string arguments, string space = MaybeSpace) =>
        $"\"{{\" {space} {Gbnf.Literal(Quoted(name))} \":\" {MaybeSpace} {Named(tools, Quoted, $"\",\" {space} {Gbnf.Literal(Quoted(arguments))} \":\" {MaybeSpace}", $"{space} \"}}\"")}";

    /// <summary>One alternative for each tool: its name, what follows it, its arguments, what follows them.</summary>
    public static string Named(IEnumerable<ToolRule> tools, Func<string, string> spell, string between, string behind) =>
        $"({string.Join(" | ", tools.Select(tool => $"{Gbnf.Literal(spell(tool.Name))} {between} {tool.Arguments} {behind}"))})";

    public static string Quoted(string name) => $"\"{name}\"";

    public static string Same(string name) => name;
}
