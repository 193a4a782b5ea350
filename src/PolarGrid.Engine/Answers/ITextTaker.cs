namespace PolarGrid.Engine.Answers;

/// <summary>Takes text in pieces.</summary>
internal interface ITextTaker
{
    /// <param name="text">UTF-8, whole characters.</param>
    void Add(ReadOnlySpan<byte> text);

    /// <summary>No more text comes: what was held back goes out.</summary>
    void End();
}
