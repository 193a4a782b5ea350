namespace PolarGrid.Engine.Templates.Values;

internal sealed class IntegerValue : TemplateValue
{
    private const int Lowest = -16;
    private static readonly IntegerValue[] Small = [.. Enumerable.Range(Lowest, 1024).Select(n => new IntegerValue(n))];

    private IntegerValue(long value) => Value = value;

    public long Value { get; }

    internal override string Noun => "an integer";

    internal override bool IsTruthy => Value != 0;

    public static IntegerValue Of(long value) =>
        value >= Lowest && value < Lowest + Small.Length ? Small[value - Lowest] : new IntegerValue(value);
}
