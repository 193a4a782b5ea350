namespace PolarGrid.Engine.Templates.Values;

internal sealed class BooleanValue : TemplateValue
{
    public static readonly BooleanValue True = new(true);
    public static readonly BooleanValue False = new(false);

    private BooleanValue(bool value) => Value = value;

    public bool Value { get; }

    internal override string Noun => "a boolean";

    internal override bool IsTruthy => Value;

    public static BooleanValue Of(bool value) => value ? True : False;
}
