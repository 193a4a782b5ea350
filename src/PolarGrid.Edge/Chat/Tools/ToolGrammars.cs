using System.Text;
using PolarGrid.Engine;
using PolarGrid.Engine.Schemas;
using PolarGrid.Engine.Tools;

namespace PolarGrid.Edge.Chat.Tools;

/// <summary>Writes the grammars of requests' tools, and keeps the ones used last: many requests in a row carry the same tools. Thread-safe.</summary>
internal sealed class ToolGrammars
{
    /// <summary>Grammars that are kept, and the characters of all of them together with the tools they were written for.</summary>
    private const int MostKept = 32, MostKeptCharacters = 8 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Written Result)>> kept = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Written Result)> order = [];
    private long characters;

    /// <param name="format">Of the model.</param>
    /// <param name="toolsJson">What the tools were read from.</param>
    /// <param name="tools">Those that may be called.</param>
    /// <param name="demand">What is asked of the calls.</param>
    public Written Write(ToolFormat format, string toolsJson, IReadOnlyList<ToolSchema> tools, ToolDemand demand)
    {
        var key = new StringBuilder(toolsJson.Length + 64).Append(format.Family).Append('\n').Append(demand).Append('\n');
        foreach (var tool in tools) key.Append(tool.Name).Append(tool.MustFollow ? "!\n" : "\n");
        var name = key.Append(toolsJson).ToString();
        lock (gate)
        {
            if (kept.TryGetValue(name, out var node))
            {
                order.Remove(node);
                order.AddFirst(node);
                return node.Value.Result;
            }
        }

        // Outside the lock: a large schema takes tens of milliseconds. Two requests may do the same work once.
        var (grammar, index, error) = ToolGrammar.Write(format, tools, demand);
        var written = new Written(grammar, index, error);
        Keep(name, written);
        return written;
    }

    private void Keep(string key, Written written)
    {
        lock (gate)
        {
            if (kept.ContainsKey(key)) return;
            kept[key] = order.AddFirst((key, written));
            characters += Size(key, written);
            while (order.Count > MostKept || (characters > MostKeptCharacters && order.Count > 1))
            {
                var (oldKey, old) = order.Last!.Value;
                order.RemoveLast();
                kept.Remove(oldKey);
                characters -= Size(oldKey, old);
            }
        }
    }

    private static long Size(string key, Written written) => key.Length + (written.Grammar?.Gbnf.Length ?? 0);

    /// <summary>A grammar, or which of the tools has a schema that cannot be enforced and why.</summary>
    internal sealed record Written(OutputGrammar? Grammar, int Tool, SchemaError? Error);
}
