using System.Diagnostics;
using System.Globalization;
using System.Text;
using PolarGrid.Engine.Grammars;

namespace PolarGrid.Engine.Tests.Grammars;

/// <summary>
/// Grammars that are meant to do harm end in an error that names the limit, or compile; soon, and on a thread with little stack. An
/// overflow of the stack would end the process and with it the test run.
/// </summary>
public sealed class HostileGrammarTests
{
    private const int StackBytes = 256 << 10, Tries = 4;

    /// <summary>Allocated for one grammar's sake, garbage included.</summary>
    private const long MostBytes = 400L << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(65)]
    [InlineData(4000)]
    [InlineData(100_000)]
    public void Deep_groups_are_refused_by_the_limit(int depth)
    {
        Refused($"root ::= {Many("(", depth)}\"a\"{Many(")", depth)}", "more than 64 deep");
        Refused($"root ::= {Many("(\"b\" | ", depth)}\"a\"{Many(")", depth)}", "more than 64 deep");
        Refused($"root ::= {Many("(", depth)}", "more than 64 deep");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(4000)]
    [InlineData(100_000)]
    public void Deep_repetitions_are_refused_by_the_limit(int depth)
    {
        Refused($"root ::= \"a\"{Many("{1,9}", depth)}", "More than 64 repetitions");

        // 60 behind each group: neither the groups nor the repetitions behind one are too many, but what they make together.
        var groups = Math.Min(60, (depth / 60) + 1);
        Refused($"root ::= {Many("(", groups)}\"a\"{Many(")" + Many("{1,9}", 60), groups)}", "nested more than 256 deep");
        Refused($"root ::= {Many("(", groups)}\"a\" \"b\"{Many(")" + Many("*", 60), groups)}", "nested more than 256 deep");
    }

    [Fact]
    public void The_deepest_that_is_allowed_is_followed()
    {
        var gbnf = $"root ::= {Many("(\"b\" | \"a\" ", 63)}\"x\"{Many("){1,2}", 63)}";
        OnLittleStack(gbnf, result => result.Value!.ShouldMatch("b", "bb", new string('a', 63) + "x"));
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(19_000)]
    public void Long_chains_of_rules_compile_and_circles_are_refused(int rules)
    {
        if (rules < GrammarLimits.StackDepth) Allowed(Chain(rules, "\"end\""));
        else Refused(Chain(rules, "\"end\""), "rules inside rules");
        Refused(Chain(rules, "r0"), "No finite text");
        Refused(Chain(rules, "r1 \"x\" | \"y\""), "left-recursive");
        Refused(Chain(rules, "\"\" r0 \"x\" | \"y\""), "left-recursive");
    }

    [Fact]
    public void Left_recursion_behind_empty_parts_is_found()
    {
        Refused("root ::= \"\"? \"\"* (\"a\"{0,1000000})? root \"x\" | \"y\"", "left-recursive");
        Refused("root ::= (a? b? c?)* \"x\"\na ::= \"1\"\nb ::= \"2\"\nc ::= a? root \"3\"", "left-recursive");
        Refused("root ::= root", "No finite text");
        Refused("root ::= a | b\na ::= b | a\nb ::= a", "No finite text");
    }

    [Theory]
    [InlineData("root ::= \"a\"{1000000}", true)]
    [InlineData("root ::= \"a\"{1000001}", false)]
    [InlineData("root ::= \"a\"{99999999999999999999}", false)]
    [InlineData("root ::= ((\"a\"{1000000}){1000000}){1000000}", true)]
    [InlineData("root ::= ((\"a\"{0,1000000}){0,1000000}){0,1000000}", true)]
    [InlineData("root ::= ((\"a\"*)*)* ((\"a\"+)+)+ ((\"a\"?)?)?", true)]
    [InlineData("root ::= ((\"a\" | \"\"){1000000} | \"b\"*){1000000}", true)]
    [InlineData("root ::= [a-z]{0,1000000}{0,1000000}{0,1000000} \"x\"", true)]
    public void Huge_counts_cost_nothing_or_are_refused(string gbnf, bool allowed)
    {
        if (!allowed)
        {
            Refused(gbnf, "at most 1000000");
            return;
        }

        OnLittleStack(gbnf, result =>
        {
            Assert.True(result.Succeeded, result.Error?.ToString());
            Assert.True(result.Value.ProgramBytes < 10_000);
            var watch = Stopwatch.StartNew();
            var state = result.Value.After(new string('a', 2000));
            result.Value.Capped(state, 16);
            Assert.True(watch.Elapsed < Longest, $"{watch.Elapsed}");
        });
    }

    [Fact]
    public void One_rule_that_would_become_millions_of_nodes_is_refused_before_it_does()
    {
        Refused($"root ::= {Many("[^a]", 200_000)}", "more than 400000 nodes");
        Refused($"root ::= \"{new string('é', 1_000_000)}\"", "more than 400000 nodes");
        Allowed($"root ::= [{string.Concat(Enumerable.Range(0, 240_000).Select(i => char.ConvertFromUtf32(0x20000 + (2 * i))))}]");
    }

    [Fact]
    public void Options_that_begin_with_each_other_need_no_stack_of_their_own()
    {
        var options = string.Join(" | ", Enumerable.Range(1, 1300).Select(i => $"\"{new string('a', i)}\""));
        OnLittleStack($"root ::= {options}", result => result.Value!.ShouldMatch("a", new string('a', 1300)), 1 << 20);
    }

    [Fact]
    public void A_stack_of_thousands_of_open_rules_is_capped_without_recursion() =>
        OnLittleStack(
            "root ::= \"(\" root \")\"{1,9} | \"x\"",
            result => Assert.True(result.Value!.Capped(result.Value.After(new string('(', 4000)), 4).Epoch >= 0));

    private static string Many(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    /// <summary>Each rule begins with the next one.</summary>
    private static string Chain(int rules, string last)
    {
        var gbnf = new StringBuilder("root ::= r0\n");
        for (var i = 0; i < rules - 2; i++) gbnf.Append(CultureInfo.InvariantCulture, $"r{i} ::= r{i + 1} \"x\"\n");
        return gbnf.Append(CultureInfo.InvariantCulture, $"r{rules - 2} ::= {last}\n").ToString();
    }

    private static void Allowed(string gbnf) => OnLittleStack(gbnf, result => Assert.True(result.Succeeded, result.Error?.ToString()));

    private static void Refused(string gbnf, string message) =>
        OnLittleStack(gbnf, result => Assert.Contains(message, result.Error?.Message ?? "accepted", StringComparison.Ordinal));

    private static (GrammarResult<Grammar> Result, TimeSpan Took) Compile(string gbnf)
    {
        var watch = Stopwatch.StartNew();
        return (Grammar.Compile(gbnf), watch.Elapsed);
    }

    private static void OnLittleStack(string gbnf, Action<GrammarResult<Grammar>> check, int stackBytes = StackBytes)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    var (result, took) = Compile(gbnf);
                    Assert.InRange(GC.GetAllocatedBytesForCurrentThread(), 0, MostBytes);

                    // What takes long every time is the grammar's fault; once may be that of a busy machine.
                    for (var again = 1; again < Tries && took > Longest; again++) (result, took) = Compile(gbnf);
                    Assert.True(took < Longest, $"{took} to compile");
                    check(result);
                }
#pragma warning disable CA1031 // Carried to the test's own thread.
                catch (Exception caught)
#pragma warning restore CA1031
                {
                    failure = caught;
                }
            },
            stackBytes);
        thread.Start();
        thread.Join();
        if (failure is not null) throw new InvalidOperationException(gbnf[..Math.Min(200, gbnf.Length)], failure);
    }
}
