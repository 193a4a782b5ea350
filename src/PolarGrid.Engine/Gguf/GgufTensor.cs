namespace PolarGrid.Engine.Gguf;

/// <param name="Dimensions">One to four, the row length first.</param>
/// <param name="Offset">From the start of the data section.</param>
/// <param name="InfoOffset">Of its description in the file, for messages.</param>
internal sealed record GgufTensor(string Name, long[] Dimensions, GgmlType Type, long Offset, long InfoOffset)
{
    public long Elements { get; } = Dimensions.Aggregate(1L, (product, dimension) => checked(product * dimension));

    public long Bytes => Type.BytesOf(Elements);
}
