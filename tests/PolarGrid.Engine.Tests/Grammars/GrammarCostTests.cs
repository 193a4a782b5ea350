using System.Diagnostics;
using System.Globalization;
using System.Text;
using PolarGrid.Engine.Grammars;

namespace PolarGrid.Engine.Tests.Grammars;

/// <summary>A grammar of a legal size never takes time out of proportion to compile.</summary>
public sealed class GrammarCostTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Fact]
    public void Empty_options_of_a_rule_that_many_rules_begin_with_are_not_followed_again_and_again()
    {
        var gbnf = new StringBuilder("root ::= ").AppendJoin(" | ", Enumerable.Range(0, 2000).Select(i => $"a{i}")).Append('\n');
        for (var i = 0; i < 2000; i++) gbnf.Append(CultureInfo.InvariantCulture, $"a{i} ::= r \"{i}\"\n");
        gbnf.Append("r ::= \"x\" ").Append(string.Concat(Enumerable.Repeat("| ", 300_000))).Append('\n');
        Soon(gbnf.ToString());
    }

    [Fact]
    public void Repetitions_inside_repetitions_are_looked_at_once_each()
    {
        // 60 groups with a repetition behind each, 60 more behind the innermost, and something wide in the middle.
        var wide = string.Join(" | ", Enumerable.Range(0, 20_000).Select(_ => "[a] [b]"));
        Soon($"root ::= {new string('(', 60)}{wide}){string.Concat(Enumerable.Repeat("{1,9}", 60))}{string.Concat(Enumerable.Repeat("){1,9}", 59))}\n");
    }

    private static void Soon(string gbnf)
    {
        var watch = Stopwatch.StartNew();
        Grammar.Compile(gbnf);
        Assert.True(watch.Elapsed < Longest, $"{watch.Elapsed}");
    }
}
