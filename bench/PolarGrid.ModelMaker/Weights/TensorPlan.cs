namespace PolarGrid.ModelMaker.Weights;

/// <summary>A tensor that is still to be made: its place in the file and how to fill it.</summary>
/// <param name="Columns">The inner dimension, the one that quantised blocks run along.</param>
internal sealed record TensorPlan(string Name, TensorType Type, int Columns, int Rows, bool IsVector, RowFiller FillRow)
{
    public int RowBytes => BlockEncoder.BytesOf(Type, Columns);

    public long Bytes => (long)Rows * RowBytes;
}
