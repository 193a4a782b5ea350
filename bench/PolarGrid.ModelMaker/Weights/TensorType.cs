namespace PolarGrid.ModelMaker.Weights;

/// <summary>Tensor types with ggml's numbers.</summary>
internal enum TensorType : uint
{
    F32 = 0,
    F16 = 1,

    /// <summary>Blocks of 32: a half scale and 16 bytes of two 4-bit values each.</summary>
    Q4_0 = 2,

    /// <summary>Blocks of 32: a half scale and 32 signed bytes.</summary>
    Q8_0 = 8,
}
