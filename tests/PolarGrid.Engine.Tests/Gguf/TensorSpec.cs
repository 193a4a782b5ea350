using PolarGrid.Engine.Gguf;

namespace PolarGrid.Engine.Tests.Gguf;

/// <param name="Offset">Where its data is said to be; by default where it is.</param>
internal sealed record TensorSpec(string Name, ulong[] Dimensions, uint Type, ulong? Offset = null, uint? DimensionCount = null)
{
    public ulong Bytes
    {
        get
        {
            var type = GgmlType.Find(Type);
            var elements = Dimensions.Aggregate(1UL, (a, b) => unchecked(a * b));
            return type is null || elements > 1 << 24 ? 0 : elements / (ulong)type.BlockElements * (ulong)type.BlockBytes;
        }
    }
}
