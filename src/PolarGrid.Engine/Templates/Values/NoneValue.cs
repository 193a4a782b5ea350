namespace PolarGrid.Engine.Templates.Values;

internal sealed class NoneValue : TemplateValue
{
    public static readonly NoneValue Instance = new();

    private NoneValue()
    {
    }

    internal override string Noun => "none";

    internal override bool IsTruthy => false;
}
