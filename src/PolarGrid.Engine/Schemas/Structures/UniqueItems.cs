using System.Numerics;
using System.Text.Json;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>
/// Writes arrays without equal items, in any order. A rule for each set of items that have been used says what may follow, so the
/// values must be few and known.
/// </summary>
internal sealed class UniqueItems(RuleSet rules)
{
    /// <summary>More would need hundreds of rules for each further one.</summary>
    public const int MostValues = 8;

    /// <param name="values">No two equal; at most <see cref="MostValues"/>.</param>
    /// <param name="least">Items, at least 0.</param>
    /// <param name="most">Items, at least <paramref name="least"/>.</param>
    /// <returns>Null when there are too few values.</returns>
    public string? Write(List<JsonElement> values, long least, long most)
    {
        if (least > values.Count) return null;
        var items = values.ConvertAll(value => rules.Add(Gbnf.Literal(JsonValue.Write(value))));
        var names = new string?[1 << items.Count];

        // From the full set down: what follows a set is written before it.
        for (var used = names.Length - 1; used > 0; used--) names[used] = rules.Add(Behind(items, names, used, least, most));
        var first = Gbnf.OneOf(items.Select((item, index) => $"{item} {names[1 << index]}"));
        if (most == 0 || first is null) return "\"[\" \"]\"";
        return rules.Add(least == 0 ? $"\"[\" ({first})? \"]\"" : $"\"[\" {first} \"]\"");
    }

    private static string Behind(List<string> items, string?[] names, int used, long least, long most)
    {
        var count = BitOperations.PopCount((uint)used);
        if (count >= most) return "\"\"";
        var next = Enumerable.Range(0, items.Count).Where(index => (used >> index & 1) == 0)
            .Select(index => $"{Gbnf.Comma} {items[index]} {names[used | 1 << index]}").ToList();
        if (next.Count == 0) return count >= least ? "\"\"" : "[]";
        var one = $"({string.Join(" | ", next)})";
        return count >= least ? one + "?" : one;
    }
}
