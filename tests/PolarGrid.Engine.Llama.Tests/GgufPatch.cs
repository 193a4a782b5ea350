using System.Buffers.Binary;
using System.Text;

namespace PolarGrid.Engine.Llama.Tests;

/// <summary>Puts metadata in front of a GGUF file's own; filler keeps the tensors where their alignment wants them.</summary>
internal sealed class GgufPatch
{
    private const int KvCountOffset = 16, FirstKeyOffset = 24, Alignment = 32, Uint32 = 4, Bool = 7, Text = 8;

    private readonly MemoryStream added = new();
    private ulong keys;

    public GgufPatch Add(string key, uint value)
    {
        WriteKey(key, Uint32);
        added.Write(BitConverter.GetBytes(value));
        return this;
    }

    public GgufPatch Add(string key, bool value)
    {
        WriteKey(key, Bool);
        added.WriteByte(value ? (byte)1 : (byte)0);
        return this;
    }

    /// <summary>Writes the patched file into a folder of its own and loads it; nothing stays behind.</summary>
    public T Use<T>(string source, Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("polargrid-gguf-").FullName;
        try
        {
            var path = Path.Combine(folder, "patched.gguf");
            File.WriteAllBytes(path, Apply(File.ReadAllBytes(source)));
            return use(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private byte[] Apply(byte[] file)
    {
        const string filler = "test.filler";
        var room = (int)added.Length + 8 + filler.Length + 4 + 8;
        WriteKey(filler, Text);
        WriteText(new string('x', (Alignment - (room % Alignment)) % Alignment));

        byte[] result = [.. file[..FirstKeyOffset], .. added.ToArray(), .. file[FirstKeyOffset..]];
        var count = result.AsSpan(KvCountOffset, 8);
        BinaryPrimitives.WriteUInt64LittleEndian(count, BinaryPrimitives.ReadUInt64LittleEndian(count) + keys);
        return result;
    }

    private void WriteKey(string key, int type)
    {
        keys++;
        WriteText(key);
        added.Write(BitConverter.GetBytes(type));
    }

    private void WriteText(string text)
    {
        added.Write(BitConverter.GetBytes((ulong)text.Length));
        added.Write(Encoding.UTF8.GetBytes(text));
    }
}
