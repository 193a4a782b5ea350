namespace PolarGrid.Engine.Templates.Values;

internal sealed class FloatValue(double value) : TemplateValue
{
    public double Value { get; } = value;

    internal override string Noun => "a float";

    internal override bool IsTruthy => Value != 0;
}
