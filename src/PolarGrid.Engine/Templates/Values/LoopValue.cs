using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>The <c>loop</c> variable of a running for statement.</summary>
internal sealed class LoopValue(ListValue items) : TemplateValue
{
    private TemplateValue? _lastChanged;

    public int Index { get; set; }

    internal override string Noun => "a loop";

    internal override bool IsTruthy => true;

    public TemplateValue? Find(RenderContext context, string name) => name switch
    {
        "index" => IntegerValue.Of(Index + 1),
        "index0" => IntegerValue.Of(Index),
        "revindex" => IntegerValue.Of(items.Count - Index),
        "revindex0" => IntegerValue.Of(items.Count - Index - 1),
        "first" => BooleanValue.Of(Index == 0),
        "last" => BooleanValue.Of(Index == items.Count - 1),
        "length" => IntegerValue.Of(items.Count),
        "depth" => IntegerValue.Of(1),
        "depth0" => IntegerValue.Of(0),
        "previtem" => Index > 0 ? items[Index - 1] : new UndefinedValue("there is no previous item"),
        "nextitem" => Index < items.Count - 1 ? items[Index + 1] : new UndefinedValue("there is no next item"),
        "cycle" => new FunctionValue("cycle", Cycle),
        "changed" => new FunctionValue("changed", Changed),
        _ => null,
    };

    private TemplateValue Cycle(RenderContext context, Arguments arguments)
    {
        if (arguments.Positional.Length == 0) throw TemplateFault.Evaluation("loop.cycle() needs at least one value.");
        return arguments.Positional[Index % arguments.Positional.Length];
    }

    private BooleanValue Changed(RenderContext context, Arguments arguments)
    {
        var now = ListValue.Tuple(arguments.Positional);
        var changed = _lastChanged is null || !ValueComparison.AreEqual(context, _lastChanged, now);
        _lastChanged = now;
        return BooleanValue.Of(changed);
    }
}
