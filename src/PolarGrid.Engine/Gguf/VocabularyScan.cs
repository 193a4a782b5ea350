using System.Buffers.Binary;
using System.Text;

namespace PolarGrid.Engine.Gguf;

/// <summary>
/// Walks once over the tokenizer's arrays and keeps only what the checks need: a vocabulary has up to 250,000 strings.
/// </summary>
internal sealed class VocabularyScan(GgufReader reader)
{
    public const int MaxTokens = 4 * 1024 * 1024;

    private const int MaxTokenBytes = 65_536;
    private const int ByteTokenType = 6;

    private readonly List<long> _byteTyped = [];
    private readonly HashSet<long> _looksLikeByte = [];
    private HashSet<ulong>? _hashes;

    /// <summary>The second of two equal tokens, or -1. llama.cpp asserts that there are none.</summary>
    public long Duplicate { get; private set; } = -1;

    public long DuplicateOffset { get; private set; }

    /// <summary>A score that is not a number, or -1.</summary>
    public long BadScore { get; private set; } = -1;

    /// <summary>A token that its type calls a byte although its text is not <c>&lt;0xNN&gt;</c>, or -1.</summary>
    public long FalseByte => _byteTyped.Where(i => !_looksLikeByte.Contains(i)).DefaultIfEmpty(-1).First();

    public bool HasByteTypes => _byteTyped.Count > 0;

    public bool Contains(ReadOnlySpan<byte> token) => _hashes is not null && _hashes.Contains(Hash(token));

    /// <summary>Consumes the array if it is one of the tokenizer's; false leaves the reader where it was.</summary>
    public bool TryRead(GgufEntry array)
    {
        switch (array)
        {
            case { Key: GgufMetadata.Tokens, ElementType: GgufValueType.String }:
                ReadTokens(array);
                return true;
            case { Key: GgufMetadata.TokenTypes, ElementType: GgufValueType.Int32 }:
                ReadTypes(array.Count);
                return true;
            case { Key: GgufMetadata.Scores, ElementType: GgufValueType.Float32 }:
                ReadScores(array.Count);
                return true;
            default:
                return false;
        }
    }

    private void ReadTokens(GgufEntry array)
    {
        if (array.Count > MaxTokens)
            throw GgufFault.Corrupt($"The vocabulary has {array.Count} tokens; at most {MaxTokens} are accepted.", array.Offset);
        _hashes ??= new HashSet<ulong>((int)array.Count);
        for (long i = 0; i < array.Count; i++)
        {
            var start = reader.Position;
            var length = reader.ReadLength("a token", MaxTokenBytes);
            var token = reader.ReadSpan(length, "a token");

            // llama.cpp takes a token as a C string, which ends at a zero byte.
            if (token.IndexOf((byte)0) is >= 0 and var end) token = token[..end];
            if (IsByteText(token)) _looksLikeByte.Add(i);

            // llama.cpp gives an empty token a name of its own, which then must be unique too.
            var hash = token.Length == 0 ? Hash(Encoding.UTF8.GetBytes($"[EMPTY_{i}]")) : Hash(token);
            if (!_hashes.Add(hash) && Duplicate < 0) (Duplicate, DuplicateOffset) = (i, start);
        }
    }

    private void ReadTypes(long count)
    {
        for (long i = 0; i < count; i++)
            if (reader.ReadUInt32("the token types") == ByteTokenType) _byteTyped.Add(i);
    }

    private void ReadScores(long count)
    {
        for (long i = 0; i < count; i++)
            if (float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(reader.ReadSpan(4, "the token scores"))) && BadScore < 0) BadScore = i;
    }

    private static bool IsByteText(ReadOnlySpan<byte> token) =>
        token.Length == 6 && token.StartsWith("<0x"u8) && char.IsAsciiHexDigit((char)token[3]) && char.IsAsciiHexDigit((char)token[4])
        && token[5] == '>';

    /// <summary>64 bits of FNV-1a, stirred. Two of 250,000 different tokens collide once in half a thousand million files.</summary>
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes) hash = (hash ^ value) * 1099511628211UL;
        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15UL;
    }
}
