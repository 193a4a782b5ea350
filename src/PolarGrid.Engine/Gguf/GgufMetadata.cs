namespace PolarGrid.Engine.Gguf;

/// <summary>The metadata of one file, with readers that insist on a type as llama.cpp does.</summary>
internal sealed class GgufMetadata(IReadOnlyDictionary<string, GgufEntry> entries, VocabularyScan vocabulary)
{
    public const string ArchitectureKey = "general.architecture";
    public const string TokenizerModel = "tokenizer.ggml.model";
    public const string Tokens = "tokenizer.ggml.tokens";
    public const string TokenTypes = "tokenizer.ggml.token_type";
    public const string Scores = "tokenizer.ggml.scores";
    public const string Merges = "tokenizer.ggml.merges";
    public const string ChatTemplate = "tokenizer.chat_template";

    public VocabularyScan Vocabulary { get; } = vocabulary;

    public IEnumerable<GgufEntry> Entries => entries.Values;

    /// <summary>Empty until a file without one has been refused.</summary>
    public string Architecture => entries.GetValueOrDefault(ArchitectureKey)?.Text ?? string.Empty;

    public GgufEntry? Find(string key) => entries.GetValueOrDefault(key);

    public GgufEntry Require(string key) =>
        Find(key) ?? throw GgufFault.Inconsistent($"The metadata has no '{key}', without which the model cannot be loaded.", 0);

    public long OffsetOf(string key) => Find(key)?.Offset ?? 0;

    public string? FindText(string key) => Find(key) is { } entry ? Checked(entry, GgufValueType.String).Text : null;

    public string RequireText(string key)
    {
        var entry = Checked(Require(key), GgufValueType.String);
        return string.IsNullOrEmpty(entry.Text) ? throw GgufFault.Inconsistent($"'{key}' is empty.", entry.Offset) : entry.Text;
    }

    public bool? FindFlag(string key) => Find(key) is { } entry ? Checked(entry, GgufValueType.Bool).Integer != 0 : null;

    public long? FindUInt32(string key) => Find(key) is { } entry ? Checked(entry, GgufValueType.UInt32).Integer : null;

    public long? FindUInt32(string key, long least, long most) => FindUInt32(key) is { } value ? InRange(key, value, least, most) : null;

    public long RequireUInt32(string key, long least, long most) =>
        InRange(key, Checked(Require(key), GgufValueType.UInt32).Integer, least, most);

    /// <summary>A number for every layer: written once for all, or as an array with one for each.</summary>
    public int[]? FindPerLayer(string key, int layers, long most)
    {
        if (Find(key) is not { } entry) return null;
        if (entry.Type == GgufValueType.UInt32)
        {
            var same = new int[layers];
            Array.Fill(same, (int)InRange(key, entry.Integer, 0, most));
            return same;
        }

        if (entry.Type != GgufValueType.Array || entry.ElementType is not (GgufValueType.UInt32 or GgufValueType.Int32))
            throw GgufFault.Inconsistent($"'{key}' must be a u32 or an array of 32-bit integers, not {entry.TypeName}.", entry.Offset);
        if (entry.Count != layers || entry.Integers is null)
            throw GgufFault.Inconsistent($"'{key}' has {entry.Count} members, but the model has {layers} blocks.", entry.Offset);
        return [.. entry.Integers.Select(v => (int)InRange(key, v, 0, most))];
    }

    private static GgufEntry Checked(GgufEntry entry, GgufValueType type) => entry.Type == type
        ? entry
        : throw GgufFault.Inconsistent($"'{entry.Key}' must be of type {GgufValueTypes.NameOf(type)}, not {entry.TypeName}.", entry.Offset);

    private long InRange(string key, long value, long least, long most) => value >= least && value <= most
        ? value
        : throw GgufFault.Inconsistent($"'{key}' is {value}; it must lie between {least} and {most}.", OffsetOf(key));
}
