using System.Collections.Frozen;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Every test by name, Jinja's second names included.</summary>
internal static class Tests
{
    private static readonly FrozenDictionary<string, ValueTest> Table = new Dictionary<string, ValueTest>
    {
        ["defined"] = static (_, value, _) => value is not UndefinedValue,
        ["undefined"] = static (_, value, _) => value is UndefinedValue,
        ["none"] = static (_, value, _) => value is NoneValue,
        ["string"] = static (_, value, _) => value is StringValue,
        ["number"] = static (_, value, _) => value is IntegerValue or FloatValue or BooleanValue,
        ["integer"] = static (_, value, _) => value is IntegerValue,
        ["float"] = static (_, value, _) => value is FloatValue,
        ["boolean"] = static (_, value, _) => value is BooleanValue,
        ["true"] = static (_, value, _) => value is BooleanValue { Value: true },
        ["false"] = static (_, value, _) => value is BooleanValue { Value: false },
        ["mapping"] = static (_, value, _) => value is DictValue,
        ["iterable"] = static (_, value, _) => value is StringValue or ListValue or DictValue or UndefinedValue,
        ["sequence"] = static (_, value, _) => value is StringValue or ListValue or DictValue or UndefinedValue,
        ["callable"] = static (_, value, _) => value is CallableValue,
        ["lower"] = static (context, value, _) => Cased(context, value, char.IsLower, char.IsUpper),
        ["upper"] = static (context, value, _) => Cased(context, value, char.IsUpper, char.IsLower),
        ["escaped"] = static (_, _, _) => false,
        ["odd"] = static (context, value, _) => Remainder(value, "odd", 2) == 1,
        ["even"] = static (context, value, _) => Remainder(value, "even", 2) == 0,
        ["divisibleby"] = static (_, value, arguments) =>
            Remainder(value, "divisibleby", arguments.FindInteger(0, "num", "divisibleby") ?? 0) == 0,
        ["in"] = static (context, value, arguments) => ValueComparison.Contains(context, arguments.Require(0, "seq", "in"), value),
        ["sameas"] = static (_, value, arguments) => ReferenceEquals(value, arguments.Require(0, "other", "sameas")),
        ["filter"] = static (_, value, _) => value is StringValue name && Filters.Find(name.Text) is not null,
        ["test"] = static (_, value, _) => value is StringValue name && Find(name.Text) is not null,
        ["eq"] = AreEqual,
        ["equalto"] = AreEqual,
        ["=="] = AreEqual,
        ["ne"] = AreDifferent,
        ["!="] = AreDifferent,
        ["lt"] = IsLess,
        ["lessthan"] = IsLess,
        ["<"] = IsLess,
        ["le"] = static (context, value, arguments) => Order(context, value, arguments) <= 0,
        ["<="] = static (context, value, arguments) => Order(context, value, arguments) <= 0,
        ["gt"] = IsGreater,
        ["greaterthan"] = IsGreater,
        [">"] = IsGreater,
        ["ge"] = static (context, value, arguments) => Order(context, value, arguments) >= 0,
        [">="] = static (context, value, arguments) => Order(context, value, arguments) >= 0,
    }.ToFrozenDictionary();

    public static ValueTest? Find(string name) => Table.GetValueOrDefault(name);

    private static bool AreEqual(RenderContext context, TemplateValue value, Arguments arguments) =>
        ValueComparison.AreEqual(context, value, arguments.Require(0, "other", "equalto"));

    private static bool AreDifferent(RenderContext context, TemplateValue value, Arguments arguments) =>
        !AreEqual(context, value, arguments);

    private static bool IsLess(RenderContext context, TemplateValue value, Arguments arguments) => Order(context, value, arguments) < 0;

    private static bool IsGreater(RenderContext context, TemplateValue value, Arguments arguments) => Order(context, value, arguments) > 0;

    private static int? Order(RenderContext context, TemplateValue value, Arguments arguments) =>
        ValueComparison.Compare(context, value, arguments.Require(0, "other", "a comparison"));

    private static long Remainder(TemplateValue value, string test, long divisor)
    {
        if (!Numeric.TryRead(value, out var number) || !number.IsInteger)
            throw TemplateFault.Evaluation($"The test '{test}' needs an integer, not {ValueComparison.Describe(value)}.");
        if (divisor == 0) throw TemplateFault.Evaluation("Cannot divide by zero.");
        return divisor == -1 ? 0 : Math.Abs(number.Integer % divisor);
    }

    private static bool Cased(RenderContext context, TemplateValue value, Func<char, bool> wanted, Func<char, bool> unwanted)
    {
        context.Scan(value);
        var text = ValueText.Of(context, value).Text;
        return text.Any(wanted) && !text.Any(unwanted);
    }
}
