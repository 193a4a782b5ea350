using System.Collections.Frozen;

namespace PolarGrid.Engine.Gguf;

/// <summary>
/// Checks the sizes of the network. Several of these rules are assertions in llama.cpp, which end the process when they fail.
/// </summary>
internal static class ShapeChecks
{
    private const int MaxBlocks = 512;
    private const int MaxExperts = 1024;
    private const int MaxEmbedding = 1024 * 1024;
    private const int MaxHeads = 65_536;
    private const int MaxHeadLength = 65_536;
    private static readonly FrozenSet<string> RopeScalings = new[] { "none", "linear", "yarn", "longrope" }.ToFrozenSet();

    public static ModelShape Check(GgufMetadata metadata)
    {
        CheckArchitecture(metadata);
        var prefix = metadata.Architecture;
        var context = (int)metadata.RequireUInt32($"{prefix}.context_length", 1, int.MaxValue);
        var embedding = (int)metadata.RequireUInt32($"{prefix}.embedding_length", 1, MaxEmbedding);
        var blocks = (int)metadata.RequireUInt32($"{prefix}.block_count", 1, MaxBlocks);
        metadata.FindUInt32($"{prefix}.nextn_predict_layers", 0, blocks);
        metadata.FindPerLayer($"{prefix}.feed_forward_length", blocks, int.MaxValue);
        CheckExperts(metadata, prefix, blocks);
        CheckRopeScaling(metadata, prefix);

        var heads = CheckHeads(metadata, prefix, blocks);
        var kvHeads = CheckKeyValueHeads(metadata, prefix, heads);
        var (key, value) = CheckHeadLengths(metadata, prefix, embedding, heads);
        return new ModelShape(context, blocks, embedding, heads, kvHeads, key, value);
    }

    private static void CheckArchitecture(GgufMetadata metadata)
    {
        var name = metadata.RequireText(GgufMetadata.ArchitectureKey);
        var offset = metadata.OffsetOf(GgufMetadata.ArchitectureKey);
        if (name == "clip")
            throw new GgufFault("The file holds an image encoder, not a language model.", offset, "Give the model that it belongs to.");
        if (metadata.FindText("general.type") == "adapter")
            throw new GgufFault("The file holds an adapter (LoRA), not a model.", metadata.OffsetOf("general.type"), "Give the model that it was made for.");
        if (!KnownArchitectures.Contains(name))
            throw new GgufFault($"The architecture '{name}' is not known.", offset, "Update PolarGrid, or use another model.");
    }

    private static int[] CheckHeads(GgufMetadata metadata, string prefix, int blocks)
    {
        var key = $"{prefix}.attention.head_count";
        var heads = metadata.FindPerLayer(key, blocks, MaxHeads);
        if (KnownArchitectures.Recurrent.Contains(prefix)) return heads ?? new int[blocks];
        if (heads is null) metadata.Require(key);
        return heads!.Any(h => h > 0)
            ? heads!
            : throw GgufFault.Inconsistent($"'{key}' is 0; a model needs at least one head.", metadata.OffsetOf(key));
    }

    private static int[] CheckKeyValueHeads(GgufMetadata metadata, string prefix, int[] heads)
    {
        var key = $"{prefix}.attention.head_count_kv";
        var kvHeads = metadata.FindPerLayer(key, heads.Length, MaxHeads) ?? heads;
        for (var i = 0; i < heads.Length; i++)
            if (kvHeads[i] > 0 && heads[i] % kvHeads[i] != 0)
                throw GgufFault.Inconsistent($"Block {i} has {heads[i]} heads, which {kvHeads[i]} key-value heads cannot share evenly.", metadata.OffsetOf(key));
        return kvHeads;
    }

    private static (int Key, int Value) CheckHeadLengths(GgufMetadata metadata, string prefix, int embedding, int[] heads)
    {
        var keyName = $"{prefix}.attention.key_length";
        var key = metadata.FindUInt32(keyName, 1, MaxHeadLength);
        var value = metadata.FindUInt32($"{prefix}.attention.value_length", 1, MaxHeadLength);
        if (heads[0] > 0 && (key is null || value is null) && embedding % heads[0] != 0)
            throw GgufFault.Inconsistent($"An embedding of {embedding} cannot be divided by {heads[0]} heads.", metadata.OffsetOf($"{prefix}.embedding_length"));

        var length = heads[0] > 0 ? embedding / heads[0] : 0;
        CheckRotation(metadata, prefix, key ?? length);
        return ((int)(key ?? length), (int)(value ?? length));
    }

    private static void CheckRotation(GgufMetadata metadata, string prefix, long keyLength)
    {
        var name = $"{prefix}.rope.dimension_count";
        if (metadata.FindUInt32(name) is not { } rotated) return;
        if (rotated % 2 != 0) throw GgufFault.Inconsistent($"'{name}' is {rotated}; it must be even.", metadata.OffsetOf(name));
        if (KnownArchitectures.FullyRotated.Contains(prefix) && keyLength > 0 && rotated != keyLength)
            throw GgufFault.Inconsistent($"'{name}' is {rotated}; it must be the length of a key, {keyLength}.", metadata.OffsetOf(name));
    }

    private static void CheckRopeScaling(GgufMetadata metadata, string prefix)
    {
        var name = $"{prefix}.rope.scaling.type";
        if (metadata.FindText(name) is { } scaling && !RopeScalings.Contains(scaling))
            throw GgufFault.Inconsistent($"'{name}' is '{scaling}'; known are {string.Join(", ", RopeScalings.Order())}.", metadata.OffsetOf(name));
    }

    private static void CheckExperts(GgufMetadata metadata, string prefix, int blocks)
    {
        var experts = metadata.FindUInt32($"{prefix}.expert_count", 0, MaxExperts) ?? 0;
        var usedKey = $"{prefix}.expert_used_count";
        var used = metadata.FindPerLayer(usedKey, blocks, MaxExperts)?.Max() ?? 0;
        var isDenseHunyuan = prefix is "hunyuan_vl" or "hunyuan-dense" && experts <= 1;
        if (isDenseHunyuan) return;
        if (used > experts || (used == 0 && experts > 0))
            throw GgufFault.Inconsistent($"'{usedKey}' is {used}, but the model has {experts} experts.", metadata.OffsetOf(usedKey));

        var groupsKey = $"{prefix}.expert_group_count";
        var groups = metadata.FindUInt32(groupsKey) ?? 0;
        var usedGroups = metadata.FindUInt32($"{prefix}.expert_group_used_count") ?? 0;
        if (groups > 0 && groups >= experts) throw GgufFault.Inconsistent($"'{groupsKey}' is {groups}, but the model has {experts} experts.", metadata.OffsetOf(groupsKey));
        if (groups > 1 && (experts % groups != 0 || usedGroups == 0 || usedGroups >= groups))
            throw GgufFault.Inconsistent($"{experts} experts in {groups} groups of which {usedGroups} are used do not work out.", metadata.OffsetOf(groupsKey));
    }
}
