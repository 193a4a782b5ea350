namespace PolarGrid.Engine.Sherpa.Onnx;

/// <summary>ONNX's element types that speech models use; others keep their number.</summary>
internal enum OnnxType
{
    None = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
}
