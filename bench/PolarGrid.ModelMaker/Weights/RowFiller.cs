namespace PolarGrid.ModelMaker.Weights;

/// <summary>Makes one row of a tensor. Rows are asked for once each, in order.</summary>
internal delegate void RowFiller(int row, Span<float> values);
