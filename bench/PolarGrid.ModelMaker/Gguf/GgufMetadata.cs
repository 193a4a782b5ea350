using System.Text;

namespace PolarGrid.ModelMaker.Gguf;

/// <summary>Key-value pairs in the order of adding, each kept as the bytes of its file form.</summary>
internal sealed class GgufMetadata
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;

    public GgufMetadata() => _writer = new BinaryWriter(_bytes, Encoding.UTF8);

    public ulong Count { get; private set; }

    public void Add(string key, uint value)
    {
        Begin(key, GgufValueType.UInt32);
        _writer.Write(value);
    }

    public void Add(string key, float value)
    {
        Begin(key, GgufValueType.Float32);
        _writer.Write(value);
    }

    public void Add(string key, bool value)
    {
        Begin(key, GgufValueType.Bool);
        _writer.Write(value);
    }

    public void Add(string key, string value)
    {
        Begin(key, GgufValueType.String);
        WriteString(_writer, value);
    }

    public void Add(string key, IReadOnlyCollection<string> values)
    {
        BeginArray(key, GgufValueType.String, values.Count);
        foreach (var value in values) WriteString(_writer, value);
    }

    public void Add(string key, IReadOnlyCollection<int> values)
    {
        BeginArray(key, GgufValueType.Int32, values.Count);
        foreach (var value in values) _writer.Write(value);
    }

    /// <param name="pair">Key, type and value exactly as they stood in another GGUF file.</param>
    public void AddRaw(ReadOnlySpan<byte> pair)
    {
        _writer.Write(pair);
        Count++;
    }

    public void CopyTo(BinaryWriter target)
    {
        _writer.Flush();
        target.Write(_bytes.GetBuffer().AsSpan(0, (int)_bytes.Length));
    }

    public static void WriteString(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private void Begin(string key, GgufValueType type)
    {
        WriteString(_writer, key);
        _writer.Write((uint)type);
        Count++;
    }

    private void BeginArray(string key, GgufValueType elementType, int count)
    {
        Begin(key, GgufValueType.Array);
        _writer.Write((uint)elementType);
        _writer.Write((ulong)count);
    }
}
