using System.Text;

namespace PolarGrid.Engine.Gguf;

/// <summary>
/// Checks the tokenizer. Much of what is wrong here would only show when text is tokenised, as an assertion or a C++ exception
/// that nobody catches.
/// </summary>
internal static class TokenizerChecks
{
    private const string Prefix = "tokenizer.ggml.";

    /// <summary>Tokens that generation starts or ends with.</summary>
    private static readonly string[] NeededTokens = ["bos_token_id", "eos_token_id", "eot_token_id"];

    /// <summary>
    /// Tokens that llama.cpp passes over, with a warning, when they lie outside of the vocabulary. Files in use have a padding
    /// token there.
    /// </summary>
    private static readonly string[] OtherTokens =
    [
        "eom_token_id", "unknown_token_id", "seperator_token_id", "padding_token_id", "cls_token_id", "mask_token_id",
        "fim_pre_token_id", "fim_suf_token_id", "fim_mid_token_id", "fim_pad_token_id", "fim_rep_token_id", "fim_sep_token_id",
        "prefix_token_id", "suffix_token_id", "middle_token_id",
    ];

    /// <returns>The size of the vocabulary.</returns>
    public static int Check(GgufMetadata metadata)
    {
        var model = metadata.RequireText(GgufMetadata.TokenizerModel);
        metadata.FindText($"{Prefix}pre");
        var kind = TokenizerKind.Find(model) ?? throw new GgufFault(
            $"The tokenizer '{model}' is not known.",
            metadata.OffsetOf(GgufMetadata.TokenizerModel), "Update PolarGrid, or use another model.");
        var tokens = metadata.Require(GgufMetadata.Tokens);
        if (tokens.Type != GgufValueType.Array || tokens.ElementType != GgufValueType.String)
            throw GgufFault.Inconsistent($"'{tokens.Key}' must be an array of string, not {tokens.TypeName}.", tokens.Offset);
        if (tokens.Count == 0) throw GgufFault.Inconsistent("The vocabulary is empty.", tokens.Offset);

        CheckVocabulary(metadata, kind, (int)tokens.Count);
        CheckSpecialTokens(metadata, kind, (int)tokens.Count);
        if (model == "bert") CheckWordPieces(metadata, (int)tokens.Count);
        if (kind.NeedsMerges) CheckMerges(metadata);
        if (model == "t5") CheckCharacterMap(metadata);
        return (int)tokens.Count;
    }

    private static void CheckVocabulary(GgufMetadata metadata, TokenizerKind kind, int size)
    {
        CheckBeside(metadata, GgufMetadata.TokenTypes, size, GgufValueType.Int32, GgufValueType.Int32);
        CheckBeside(metadata, GgufMetadata.Scores, size, GgufValueType.Float32, GgufValueType.Int32);
        var scan = metadata.Vocabulary;
        if (scan.Duplicate >= 0)
            throw GgufFault.Inconsistent($"Token {scan.Duplicate} has the same text as one before it.", scan.DuplicateOffset);
        if (scan.BadScore >= 0)
            throw GgufFault.Inconsistent($"The score of token {scan.BadScore} is not a number.", metadata.OffsetOf(GgufMetadata.Scores));
        if (scan.FalseByte is >= 0 and var token)
            throw GgufFault.Inconsistent(
                $"Token {token} is called a byte, but its text is not of the form <0xNN>.", metadata.OffsetOf(GgufMetadata.TokenTypes));
        if (!kind.KnowsBytes && scan.HasByteTypes)
            throw GgufFault.Inconsistent(
                "A token is called a byte, which this tokenizer has none of.", metadata.OffsetOf(GgufMetadata.TokenTypes));
        if (!kind.NeedsBytes) return;
        for (var value = 0; value < 256; value++)
            if (!scan.Contains(Encoding.ASCII.GetBytes($"<0x{value:X2}>")) && !scan.Contains([(byte)value]))
                throw GgufFault.Inconsistent(
                    $"The vocabulary has no token for the byte 0x{value:X2}, so that some texts could not be tokenised.",
                    metadata.OffsetOf(GgufMetadata.Tokens));
    }

    private static void CheckBeside(GgufMetadata metadata, string key, int size, GgufValueType one, GgufValueType other)
    {
        if (metadata.Find(key) is not { } entry) return;
        if (entry.Type != GgufValueType.Array || (entry.ElementType != one && entry.ElementType != other))
            throw GgufFault.Inconsistent($"'{key}' must be an array of {GgufValueTypes.NameOf(one)}, not {entry.TypeName}.", entry.Offset);
        if (entry.Count != size) throw GgufFault.Inconsistent($"'{key}' has {entry.Count} members for {size} tokens.", entry.Offset);
    }

    private static void CheckSpecialTokens(GgufMetadata metadata, TokenizerKind kind, int size)
    {
        foreach (var name in NeededTokens) metadata.FindUInt32(Prefix + name, 0, size - 1);
        foreach (var name in OtherTokens) metadata.FindUInt32(Prefix + name);
        metadata.FindFlag($"{Prefix}add_sep_token");
        metadata.FindFlag($"{Prefix}add_space_prefix");
        metadata.FindFlag($"{Prefix}remove_extra_whitespaces");
        CheckAdded(metadata, "bos", kind.AddsBos, kind.Bos, size);
        CheckAdded(metadata, "eos", kind.AddsEos, kind.Eos, size);
    }

    private static void CheckAdded(GgufMetadata metadata, string name, bool addedByDefault, int idByDefault, int size)
    {
        var isAdded = metadata.FindFlag($"{Prefix}add_{name}_token") ?? addedByDefault;
        var exists = metadata.Find($"{Prefix}{name}_token_id") is not null || (idByDefault >= 0 && idByDefault < size);
        if (isAdded && !exists)
            throw GgufFault.Inconsistent(
                $"The tokenizer adds a {name} token to texts, but the vocabulary has none.",
                metadata.OffsetOf($"{Prefix}add_{name}_token"));
    }

    /// <summary>Whatever it is told, llama.cpp puts both tokens around every text and takes the third for words without pieces.</summary>
    private static void CheckWordPieces(GgufMetadata metadata, int size)
    {
        foreach (var (name, idByDefault) in (ReadOnlySpan<(string, int)>)[("bos", 101), ("seperator", 102), ("unknown", 100)])
        {
            var id = metadata.FindUInt32($"{Prefix}{name}_token_id");
            if (id < size || idByDefault < size) continue;
            throw GgufFault.Inconsistent(
                $"A WordPiece vocabulary needs a {name} token, but '{Prefix}{name}_token_id' names none of its {size} tokens.",
                metadata.OffsetOf($"{Prefix}{name}_token_id"));
        }
    }

    private static void CheckMerges(GgufMetadata metadata)
    {
        if (metadata.Find(GgufMetadata.Merges) is not { } merges)
        {
            if (metadata.FindText($"{Prefix}pre") == "kimi-k2") return;
            merges = metadata.Require(GgufMetadata.Merges);
        }

        if (merges.Type != GgufValueType.Array || merges.ElementType != GgufValueType.String)
            throw GgufFault.Inconsistent($"'{merges.Key}' must be an array of string, not {merges.TypeName}.", merges.Offset);
    }

    private static void CheckCharacterMap(GgufMetadata metadata)
    {
        const string Key = Prefix + "precompiled_charsmap";
        if (metadata.Find(Key) is not { } map) return;
        if (map.Type != GgufValueType.Array || map.ElementType is not (GgufValueType.UInt8 or GgufValueType.Int8) || map.Count < 4)
            throw GgufFault.Inconsistent($"'{Key}' must be an array of at least four bytes.", map.Offset);
    }
}
