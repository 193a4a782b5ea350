using System.Globalization;
using System.Text;
using PolarGrid.Engine.Llama.Embeddings;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Model;

/// <summary>Asks a loaded model what it is.</summary>
internal static unsafe class ModelInspector
{
    public static LlamaModelInfo Inspect(ModelHandle model, bool readsOnly, long created)
    {
        var architecture = Metadata(model, "general.architecture") ?? "unknown";
        return new LlamaModelInfo
        {
            Architecture = architecture,
            Quantisation = FileType(model),
            Description = Describe(model),
            Name = Metadata(model, "general.name"),
            Parameters = (long)NativeModel.Parameters(model),
            SizeBytes = (long)NativeModel.Size(model),
            TrainedContextTokens = NativeModel.TrainedContext(model),
            Layers = NativeModel.Layers(model),
            KvBytesPerToken = KvBytesPerToken(model, architecture),
            ReadsOnly = readsOnly,
            EmbeddingSize = NativeModel.EmbeddingOutputSize(model),
            Pooling = Number(model, $"{architecture}.pooling_type") is { } pooling && Enum.IsDefined((Pooling)pooling) ? (Pooling)pooling : null,
            KeepsState = NativeModel.IsRecurrent(model) || NativeModel.IsHybrid(model),
            WindowTokens = NativeModel.Window(model),
            ChatTemplate = Utf8Pointer.Read(NativeModel.ChatTemplate(model, null)),
            ToolChatTemplate = ToolTemplate(model),
            Created = created,
        };
    }

    // The library answers an unknown name with the default template.
    private static string? ToolTemplate(ModelHandle model) =>
        Metadata(model, "tokenizer.chat_template.tool_use") is null ? null : Utf8Pointer.Read(NativeModel.ChatTemplate(model, "tool_use"));

    private static string FileType(ModelHandle model)
    {
        var name = Utf8Pointer.Read(NativeModel.FileTypeName(NativeModel.FileType(model))) ?? "unknown";
        const string guessed = "(guessed)";
        return name.Replace(guessed, "", StringComparison.Ordinal).Trim();
    }

    private static string Describe(ModelHandle model)
    {
        Span<byte> buffer = stackalloc byte[256];
        fixed (byte* pointer = buffer)
        {
            var length = NativeModel.Describe(model, pointer, (nuint)buffer.Length);
            return Encoding.UTF8.GetString(buffer[..Math.Clamp(length, 0, buffer.Length - 1)]);
        }
    }

    private static int KvBytesPerToken(ModelHandle model, string architecture)
    {
        var heads = NativeModel.Heads(model);
        var kvHeads = NativeModel.KvHeads(model);
        if (heads <= 0 || kvHeads <= 0) return 0;
        var headSize = NativeModel.EmbeddingSize(model) / heads;
        var key = Number(model, $"{architecture}.attention.key_length") ?? headSize;
        var value = Number(model, $"{architecture}.attention.value_length") ?? headSize;
        var bytes = 2L * NativeModel.Layers(model) * kvHeads * ((long)key + value);
        return bytes is > 0 and < int.MaxValue ? (int)bytes : 0;
    }

    private static int? Number(ModelHandle model, string key) =>
        int.TryParse(Metadata(model, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Metadata(ModelHandle model, string key)
    {
        const int usual = 512;
        Span<byte> buffer = stackalloc byte[usual];
        fixed (byte* pointer = buffer)
        {
            var length = NativeModel.Metadata(model, key, pointer, usual);
            if (length < 0) return null;
            if (length < usual) return Encoding.UTF8.GetString(buffer[..length]);
        }

        return LongMetadata(model, key);
    }

    private static string? LongMetadata(ModelHandle model, string key)
    {
        const int most = 1 << 20;
        var buffer = new byte[most];
        fixed (byte* pointer = buffer)
        {
            var length = NativeModel.Metadata(model, key, pointer, most);
            return length < 0 ? null : Encoding.UTF8.GetString(buffer, 0, Math.Min(length, most - 1));
        }
    }
}
