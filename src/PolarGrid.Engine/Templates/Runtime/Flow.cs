namespace PolarGrid.Engine.Templates.Runtime;

/// <summary>What happens after a statement.</summary>
internal enum Flow
{
    Next,
    Continue,
    Break,
}
