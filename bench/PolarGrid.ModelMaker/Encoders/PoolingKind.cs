namespace PolarGrid.ModelMaker.Encoders;

/// <summary>llama.cpp's numbers for how the states of a text's tokens become one vector (<c>pooling_type</c>).</summary>
internal enum PoolingKind
{
    None = 0,
    Mean = 1,
    Cls = 2,
    Last = 3,
    Rank = 4,
}
