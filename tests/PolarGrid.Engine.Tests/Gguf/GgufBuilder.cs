using System.Text;
using PolarGrid.Engine.Gguf;

namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>Writes small GGUF files, sound by default, with whatever a test wants to be wrong.</summary>
internal sealed class GgufBuilder
{
    private readonly List<KeyValuePair<string, object>> _pairs = [];

    public uint Magic { get; set; } = 0x46554747;

    public uint Version { get; set; } = 3;

    public ulong? TensorCount { get; set; }

    public ulong? PairCount { get; set; }

    public int Alignment { get; set; } = 32;

    public List<TensorSpec> Tensors { get; } = [];

    /// <summary>The smallest llama that passes: one block, a vocabulary of bytes.</summary>
    public static GgufBuilder Valid()
    {
        var builder = new GgufBuilder();
        string[] tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>")];
        builder.Set("general.architecture", "llama").Set("general.name", "tiny");
        builder.Set("llama.context_length", 128u).Set("llama.embedding_length", 32u).Set("llama.block_count", 1u);
        builder.Set("llama.feed_forward_length", 64u).Set("llama.attention.head_count", 4u).Set("llama.attention.head_count_kv", 2u);
        builder.Set("llama.attention.layer_norm_rms_epsilon", 1e-5f).Set("llama.rope.dimension_count", 8u);
        builder.Set("tokenizer.ggml.model", "llama").Set("tokenizer.ggml.pre", "default").Set("tokenizer.ggml.tokens", tokens);
        builder.Set("tokenizer.ggml.scores", new float[tokens.Length]);
        builder.Set("tokenizer.ggml.token_type", tokens.Select((_, i) => i == 0 ? 2 : i < 3 ? 3 : 6).ToArray());
        builder.Set("tokenizer.ggml.bos_token_id", 1u).Set("tokenizer.ggml.eos_token_id", 2u).Set("tokenizer.ggml.add_bos_token", true);
        builder.Tensors.Add(new TensorSpec("token_embd.weight", [32, (ulong)tokens.Length], 0));
        builder.Tensors.Add(new TensorSpec("output_norm.weight", [32], 0));
        builder.Tensors.Add(new TensorSpec("blk.0.attn_q.weight", [32, 32], 8));
        return builder;
    }

    public GgufBuilder Set(string key, object value)
    {
        var place = _pairs.FindIndex(p => p.Key == key);
        if (place < 0) _pairs.Add(new(key, value));
        else _pairs[place] = new(key, value);
        return this;
    }

    public GgufBuilder Add(string key, object value)
    {
        _pairs.Add(new(key, value));
        return this;
    }

    public GgufBuilder Remove(string key)
    {
        _pairs.RemoveAll(p => p.Key == key);
        return this;
    }

    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(TensorCount ?? (ulong)Tensors.Count);
        writer.Write(PairCount ?? (ulong)_pairs.Count);
        foreach (var (key, value) in _pairs)
        {
            WriteString(writer, key);
            WriteValue(writer, value);
        }

        var offset = 0UL;
        foreach (var tensor in Tensors)
        {
            WriteString(writer, tensor.Name);
            writer.Write(tensor.DimensionCount ?? (uint)tensor.Dimensions.Length);
            foreach (var dimension in tensor.Dimensions) writer.Write(dimension);
            writer.Write(tensor.Type);
            writer.Write(tensor.Offset ?? offset);
            offset += Padded(tensor.Bytes);
        }

        writer.Flush();
        var end = (long)Padded((ulong)stream.Length) + (long)offset;
        stream.SetLength(Math.Min(end, 16 * 1024 * 1024));
        return stream.ToArray();
    }

    public GgufResult Inspect() => Inspect(Build());

    public static GgufResult Inspect(byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"polargrid-{Guid.NewGuid():N}.gguf");
        File.WriteAllBytes(path, bytes);
        try
        {
            return GgufFile.Inspect(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case RawValue raw:
                writer.Write(raw.Type);
                writer.Write(raw.Bytes);
                break;
            case Array array:
                writer.Write(9u);
                writer.Write(TypeOf(array.GetType().GetElementType()!));
                writer.Write((ulong)array.Length);
                foreach (var item in array) WriteScalar(writer, item!);
                break;
            default:
                writer.Write(TypeOf(value.GetType()));
                WriteScalar(writer, value);
                break;
        }
    }

    private static uint TypeOf(Type type) =>
        type == typeof(byte) ? 0u : type == typeof(ushort) ? 2u : type == typeof(uint) ? 4u : type == typeof(int) ? 5u
        : type == typeof(float) ? 6u : type == typeof(bool) ? 7u : type == typeof(string) ? 8u : type == typeof(ulong) ? 10u
        : type == typeof(long) ? 11u : throw new ArgumentException(type.Name, nameof(type));

    private static void WriteScalar(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case byte v: writer.Write(v); break;
            case ushort v: writer.Write(v); break;
            case uint v: writer.Write(v); break;
            case int v: writer.Write(v); break;
            case float v: writer.Write(v); break;
            case bool v: writer.Write(v); break;
            case ulong v: writer.Write(v); break;
            case long v: writer.Write(v); break;
            case string v: WriteString(writer, v); break;
            default: throw new ArgumentException(value.GetType().Name, nameof(value));
        }
    }

    private static void WriteString(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private ulong Padded(ulong value) => (value + (ulong)Alignment - 1) / (ulong)Alignment * (ulong)Alignment;
}
