using System.Globalization;

namespace PolarGrid.Engine.Gguf;

/// <summary>A model that is spread over files named <c>name-00001-of-00003.gguf</c>; the first is given, the others lie beside it.</summary>
internal static class SplitReader
{
    private const int MaxParts = 999;

    /// <returns>All parts, the first one first; just that one when the model is whole.</returns>
    public static List<GgufParts> ReadAll(string path)
    {
        var first = ContainerReader.Read(path);
        var count = Number(first.Metadata, "split.count") ?? 0;
        var parts = new List<GgufParts> { first };
        if (count <= 1) return parts;
        if (count > MaxParts) throw GgufFault.Inconsistent($"'split.count' is {count}; at most {MaxParts} parts are accepted.", first.Metadata.OffsetOf("split.count"));
        if (Number(first.Metadata, "split.no") is not 0)
            throw new GgufFault("The file is a later part of a model in several files.", first.Metadata.OffsetOf("split.no"), "Give the first part; the others are found beside it.");

        var suffix = Suffix(1, count);
        if (!path.EndsWith(suffix, StringComparison.Ordinal))
            throw new GgufFault($"The file is the first of {count} parts, but its name does not end in '{suffix}'.", 0, "Give the parts back their original names.");
        for (var i = 2; i <= count; i++) parts.Add(ReadPart(path[..^suffix.Length] + Suffix(i, count), i));
        CheckTogether(parts);
        return parts;
    }

    private static GgufParts ReadPart(string path, int number)
    {
        if (!File.Exists(path)) throw new GgufFault($"The part '{Path.GetFileName(path)}' is missing.", 0, "Put all parts of the model in one folder.");
        try
        {
            var part = ContainerReader.Read(path);
            return Number(part.Metadata, "split.no") == number - 1
                ? part
                : throw GgufFault.Inconsistent("'split.no' does not fit the file's name.", part.Metadata.OffsetOf("split.no"));
        }
        catch (GgufFault fault)
        {
            throw new GgufFault($"In the part '{Path.GetFileName(path)}': {fault.Error.Message}", fault.Error.Offset, fault.Error.Remedy);
        }
    }

    private static void CheckTogether(List<GgufParts> parts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in parts.SelectMany(p => p.Tensors))
            if (!names.Add(tensor.Name)) throw GgufFault.Inconsistent($"The tensor '{tensor.Name}' appears in two parts.", tensor.InfoOffset);
        if (parts[0].Metadata.Find("split.tensors.count") is { Integer: var announced } && announced != names.Count)
            throw GgufFault.Corrupt($"The parts hold {names.Count} tensors, not {announced} as announced.", parts[0].Metadata.OffsetOf("split.tensors.count"));
    }

    private static string Suffix(int number, int count) => string.Create(CultureInfo.InvariantCulture, $"-{number:00000}-of-{count:00000}.gguf");

    /// <summary>llama.cpp insists on u16 here.</summary>
    private static int? Number(GgufMetadata metadata, string key)
    {
        if (metadata.Find(key) is not { } entry) return null;
        return entry.Type == GgufValueType.UInt16
            ? (int)entry.Integer
            : throw GgufFault.Inconsistent($"'{key}' must be of type u16, not {entry.TypeName}.", entry.Offset);
    }
}
