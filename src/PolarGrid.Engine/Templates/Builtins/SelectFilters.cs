using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary><c>map</c> and the four filters that keep some members. They give lists where Jinja gives generators.</summary>
internal static class SelectFilters
{
    public static TemplateValue Map(RenderContext context, TemplateValue value, Arguments arguments)
    {
        var items = MembersIfAny(context, value);
        var mapped = new ListBuilder(context);
        if (arguments.Positional.Length == 0)
        {
            arguments.Allow("map", "attribute", "default");
            if (arguments.Find(0, "attribute") is not { } attribute)
                throw TemplateFault.Evaluation("The filter 'map' needs a filter's name or attribute=…");
            var fallback = arguments.Find(1, "default");
            foreach (var item in items.Items)
            {
                var member = Members.ReadPath(context, item, attribute);
                mapped.Add(member is UndefinedValue ? fallback ?? member : member);
            }

            return mapped.Build();
        }

        var name = arguments.RequireText(0, "filter", "map").Text;
        var filter = Filters.Find(name) ?? throw TemplateFault.Evaluation($"There is no filter '{name}'.");
        var rest = arguments.Skip(1);
        context.EnterCall();
        foreach (var item in items.Items)
        {
            context.Step();
            context.Scan(item);
            mapped.Add(context.Charged(filter(context, item, rest)));
        }

        context.LeaveCall();
        return mapped.Build();
    }

    public static TemplateValue Select(RenderContext context, TemplateValue value, Arguments arguments) =>
        Keep(context, value, null, arguments, wanted: true);

    public static TemplateValue Reject(RenderContext context, TemplateValue value, Arguments arguments) =>
        Keep(context, value, null, arguments, wanted: false);

    public static TemplateValue SelectAttribute(RenderContext context, TemplateValue value, Arguments arguments) =>
        Keep(context, value, arguments.Require(0, "attribute", "selectattr"), arguments.Skip(1), wanted: true);

    public static TemplateValue RejectAttribute(RenderContext context, TemplateValue value, Arguments arguments) =>
        Keep(context, value, arguments.Require(0, "attribute", "rejectattr"), arguments.Skip(1), wanted: false);

    private static ListValue Keep(RenderContext context, TemplateValue value, TemplateValue? attribute, Arguments arguments, bool wanted)
    {
        var test = TestOf(arguments);
        var rest = arguments.Skip(1);
        var kept = new ListBuilder(context);
        foreach (var item in MembersIfAny(context, value).Items)
        {
            context.Step();
            var examined = attribute is null ? item : Members.ReadPath(context, item, attribute);
            if (test(context, examined, rest) == wanted) kept.Add(item);
        }

        return kept.Build();
    }

    /// <summary>None and whatever else counts as false has no members here, as in Jinja: templates write <c>tools | selectattr(…)</c>.</summary>
    private static ListValue MembersIfAny(RenderContext context, TemplateValue value) =>
        value.IsTruthy ? Iteration.Members(context, value) : ListValue.Empty;

    private static ValueTest TestOf(Arguments arguments)
    {
        if (arguments.Positional.Length == 0) return static (_, value, _) => value.IsTruthy;
        var name = arguments.RequireText(0, "test", "select").Text;
        return Tests.Find(name) ?? throw TemplateFault.Evaluation($"There is no test '{name}'.");
    }
}
