using System.Text;

namespace PolarGrid.ModelMaker.Gguf;

/// <summary>One metadata pair as it stands in the file.</summary>
/// <param name="Bytes">Key, type and value.</param>
/// <param name="ValueStart">Where the value begins in <paramref name="Bytes"/>.</param>
internal sealed record GgufPair(string Key, GgufValueType Type, byte[] Bytes, int ValueStart)
{
    public IReadOnlyList<string> AsStrings()
    {
        using var reader = OpenArray(GgufValueType.String, out var count);
        var strings = new string[count];
        for (var i = 0; i < count; i++) strings[i] = Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadUInt64()));
        return strings;
    }

    public IReadOnlyList<int> AsIntegers()
    {
        using var reader = OpenArray(GgufValueType.Int32, out var count);
        var integers = new int[count];
        for (var i = 0; i < count; i++) integers[i] = reader.ReadInt32();
        return integers;
    }

    private BinaryReader OpenArray(GgufValueType elementType, out int count)
    {
        var reader = new BinaryReader(new MemoryStream(Bytes, ValueStart, Bytes.Length - ValueStart), Encoding.UTF8);
        if (Type != GgufValueType.Array || (GgufValueType)reader.ReadUInt32() != elementType)
            throw new InvalidDataException($"{Key} is not an array of {elementType}.");
        count = checked((int)reader.ReadUInt64());
        return reader;
    }
}
