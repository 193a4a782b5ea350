using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Grammars.Building;

/// <summary>
/// What holds for each rule: whether it can match nothing (nullable), and whether any finite text matches it (productive). Both are
/// least fixed points, found by looking again at the rules that mention a rule which has just changed.
/// </summary>
internal sealed class RuleFacts
{
    private readonly GrammarSyntax syntax;
    private readonly bool[] nullable;
    private readonly bool[] productive;
    private readonly Dictionary<GrammarItem, bool> nullableItems = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GrammarItem, bool> productiveItems = new(ReferenceEqualityComparer.Instance);
    private bool isSettled;
    private int steps;

    private RuleFacts(GrammarSyntax syntax)
    {
        this.syntax = syntax;
        nullable = new bool[syntax.Rules.Length];
        productive = new bool[syntax.Rules.Length];
    }

    public static GrammarResult<RuleFacts> Find(GrammarSyntax syntax)
    {
        var facts = new RuleFacts(syntax);
        if (!facts.Spread(facts.productive, facts.IsProductive) || !facts.Spread(facts.nullable, facts.IsNullable)) return new(TooComplex);
        facts.isSettled = true;
        if (!facts.productive[syntax.Root]) return new(new GrammarError("No finite text matches rule 'root'."));
        return facts.LeftRecursion() is { } error ? new(error) : new(facts);
    }

    public bool IsNullable(GrammarItem item)
    {
        if (!isSettled || item is not (SequenceItem or ChoiceItem or RepeatItem)) return FindNullable(item);
        if (nullableItems.TryGetValue(item, out var known)) return known;
        return nullableItems[item] = FindNullable(item);
    }

    public bool IsProductive(GrammarItem item)
    {
        if (!isSettled || item is not (SequenceItem or ChoiceItem or RepeatItem)) return FindProductive(item);
        if (productiveItems.TryGetValue(item, out var known)) return known;
        return productiveItems[item] = FindProductive(item);
    }

    private bool FindNullable(GrammarItem item)
    {
        steps++;
        return item switch
        {
            LiteralItem literal => literal.Utf8.Length == 0,
            ClassItem => false,
            SequenceItem sequence => Array.TrueForAll(sequence.Items, IsNullable),
            ChoiceItem choice => Array.Exists(choice.Options, IsNullable),
            RepeatItem repeat => repeat.Least == 0 || IsNullable(repeat.Item),
            RuleItem rule => nullable[rule.Rule],
            _ => throw new ArgumentException($"Unknown kind of item: {item.GetType().Name}.", nameof(item)),
        };
    }

    private bool FindProductive(GrammarItem item)
    {
        steps++;
        return item switch
        {
            LiteralItem => true,
            ClassItem set => set.Ranges.Length > 0,
            SequenceItem sequence => Array.TrueForAll(sequence.Items, IsProductive),
            ChoiceItem choice => Array.Exists(choice.Options, IsProductive),
            RepeatItem repeat => repeat.Least == 0 || IsProductive(repeat.Item),
            RuleItem rule => productive[rule.Rule],
            _ => throw new ArgumentException($"Unknown kind of item: {item.GetType().Name}.", nameof(item)),
        };
    }

    private static GrammarError TooComplex { get; } = new("The grammar's rules are too entangled to be checked; use fewer or smaller rules.");

    private bool Spread(bool[] holds, Func<GrammarItem, bool> test)
    {
        var users = UsersOfRules();
        var pending = new Queue<int>(Enumerable.Range(0, holds.Length));
        var isPending = new bool[holds.Length];
        Array.Fill(isPending, true);
        while (pending.TryDequeue(out var rule))
        {
            isPending[rule] = false;
            if (steps > GrammarLimits.CheckSteps) return false;
            if (holds[rule] || !test(syntax.Rules[rule].Body)) continue;
            holds[rule] = true;
            foreach (var user in users[rule])
            {
                if (holds[user] || isPending[user]) continue;
                isPending[user] = true;
                pending.Enqueue(user);
            }
        }

        return true;
    }

    private List<int>[] UsersOfRules()
    {
        var users = new List<int>[syntax.Rules.Length];
        for (var rule = 0; rule < users.Length; rule++) users[rule] = [];
        for (var rule = 0; rule < users.Length; rule++)
        {
            var used = new HashSet<int>();
            CollectMentioned(syntax.Rules[rule].Body, used);
            foreach (var other in used) users[other].Add(rule);
        }

        return users;
    }

    private static void CollectMentioned(GrammarItem item, HashSet<int> found)
    {
        switch (item)
        {
            case RuleItem rule:
                found.Add(rule.Rule);
                break;
            case RepeatItem repeat:
                CollectMentioned(repeat.Item, found);
                break;
            case ChoiceItem choice:
                foreach (var option in choice.Options) CollectMentioned(option, found);
                break;
            case SequenceItem sequence:
                foreach (var part in sequence.Items) CollectMentioned(part, found);
                break;
        }
    }

    /// <summary>A rule that can come back to itself without a character in between would be entered for ever.</summary>
    private GrammarError? LeftRecursion()
    {
        var firsts = new int[syntax.Rules.Length][];
        for (var rule = 0; rule < firsts.Length; rule++)
        {
            var found = new HashSet<int>();
            CollectFirsts(syntax.Rules[rule].Body, found);
            firsts[rule] = [.. found];
        }

        // 0 not seen, 1 on the way, 2 done; an explicit stack, because rules may be chained thousands deep.
        var state = new byte[firsts.Length];
        var path = new Stack<(int Rule, int Next)>();
        for (var start = 0; start < firsts.Length; start++)
        {
            if (state[start] == 0) path.Push((start, 0));
            while (path.TryPop(out var at))
            {
                state[at.Rule] = 1;
                if (at.Next == firsts[at.Rule].Length)
                {
                    state[at.Rule] = 2;
                    continue;
                }

                path.Push((at.Rule, at.Next + 1));
                var next = firsts[at.Rule][at.Next];
                if (state[next] == 1)
                {
                    return new GrammarError(
                        $"Rule '{syntax.Rules[next].Name}' is left-recursive: it can begin with itself. Put the repeated part last, or use '*'.");
                }

                if (state[next] == 0) path.Push((next, 0));
            }
        }

        return null;
    }

    private void CollectFirsts(GrammarItem item, HashSet<int> found)
    {
        switch (item)
        {
            case RuleItem rule:
                found.Add(rule.Rule);
                break;
            case RepeatItem repeat:
                CollectFirsts(repeat.Item, found);
                break;
            case ChoiceItem choice:
                foreach (var option in choice.Options) CollectFirsts(option, found);
                break;
            case SequenceItem sequence:
                foreach (var part in sequence.Items)
                {
                    CollectFirsts(part, found);
                    if (!IsNullable(part)) return;
                }

                break;
        }
    }
}
