namespace PolarGrid.Engine.Templates;

/// <summary>A run of UTF-16 characters of a text.</summary>
public readonly record struct TextRange(int Start, int Length)
{
    public int End => Start + Length;
}
