using System.Collections.Frozen;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Functions that every template can call; a variable of the same name hides one.</summary>
internal static class Globals
{
    private static readonly FrozenDictionary<string, TemplateValue> Table = new TemplateValue[]
    {
        new FunctionValue("range", Range),
        new FunctionValue("namespace", Namespace),
        new FunctionValue("dict", Dict),
        new FunctionValue("raise_exception", RaiseException),
        new FunctionValue("strftime_now", FormatNow),
    }.ToFrozenDictionary(f => ((FunctionValue)f).Name);

    public static TemplateValue? Find(string name) => Table.GetValueOrDefault(name);

    private static ListValue Range(RenderContext context, Arguments arguments)
    {
        arguments.Allow("range()", "start", "stop", "step");
        var first = arguments.FindInteger(0, "start", "range()") ?? throw TemplateFault.Evaluation("range() needs at least one integer.");
        var second = arguments.FindInteger(1, "stop", "range()");
        var (start, stop) = second is { } end ? (first, end) : (0, first);
        var step = arguments.FindInteger(2, "step", "range()") ?? 1;
        if (step == 0) throw TemplateFault.Evaluation("range() cannot have a step of zero.");
        var span = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var stride = step > 0 ? (Int128)step : -(Int128)step;
        var count = span <= 0 ? 0 : (span + stride - 1) / stride;
        context.ChargeItems((int)Int128.Min(count, int.MaxValue));
        context.Step((int)count);
        var items = new TemplateValue[(int)count];
        for (var i = 0; i < items.Length; i++) items[i] = IntegerValue.Of(start + (i * step));
        return ListValue.Made(items);
    }

    private static NamespaceValue Namespace(RenderContext context, Arguments arguments)
    {
        var made = new NamespaceValue();
        foreach (var (key, value) in Dict(context, arguments).Entries)
            if (key is StringValue name) made.Set(context, name.Text, value);
        return made;
    }

    private static DictValue Dict(RenderContext context, Arguments arguments)
    {
        if (arguments.Positional.Length > 1) throw TemplateFault.Evaluation("dict() takes at most one value and then names.");
        var builder = new DictBuilder();
        if (arguments.Positional is [var source])
        {
            var pairs = source is DictValue given ? DictOperations.Items(context, given, Arguments.None) : Iteration.Members(context, source);
            foreach (var pair in pairs.Items)
            {
                if (pair is not ListValue { Count: 2 } entry || !KeyComparer.CanBeKey(entry[0]))
                    throw TemplateFault.Evaluation("dict() needs a dict or a list of pairs.");
                context.Scan(entry[0]);
                builder.Set(entry[0], entry[1]);
            }
        }

        context.ChargeItems(arguments.Named.Length);
        foreach (var (name, value) in arguments.Named) builder.Set(StringValue.Trust(name), value);
        return builder.Build();
    }

    private static TemplateValue RaiseException(RenderContext context, Arguments arguments)
    {
        arguments.Allow("raise_exception()", "message");
        var message = ValueText.Of(context, arguments.Require(0, "message", "raise_exception()"));
        throw new TemplateFault(TemplateStage.Template, message.Text);
    }

    private static StringValue FormatNow(RenderContext context, Arguments arguments)
    {
        arguments.Allow("strftime_now()", "format");
        return DateFormat.Apply(context, arguments.RequireText(0, "format", "strftime_now()"), context.Clock.GetLocalNow());
    }
}
