namespace PolarGrid.Engine.Templates.Values;

/// <summary>A name or member that does not exist. Prints as nothing; most operations on it fail, naming it.</summary>
internal sealed class UndefinedValue(string complaint) : TemplateValue
{
    public static readonly UndefinedValue Plain = new("the value is undefined");

    /// <summary>Half a sentence: <c>'tools' is undefined</c>.</summary>
    public string Complaint { get; } = complaint;

    internal override string Noun => "an undefined value";

    internal override bool IsTruthy => false;
}
