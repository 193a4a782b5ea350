namespace PolarGrid.Engine.Sherpa.Onnx;

/// <summary>What an ONNX file says of itself, without its weights.</summary>
internal sealed record OnnxModel
{
    /// <summary>The file's name in its folder, for messages.</summary>
    public required string File { get; init; }

    public required long IrVersion { get; init; }

    public required string Producer { get; init; }

    /// <summary>Version by domain; the standard operators have the domain "".</summary>
    public required IReadOnlyDictionary<string, long> Opsets { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>In order, without those that the file itself gives a value.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    public required int Nodes { get; init; }
}

/// <summary>One input or output.</summary>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Null where the file does not say; -1 for a size that varies.</param>
internal sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<long>? Shape)
{
    /// <summary>Its last size; -1 where that is not fixed.</summary>
    public long Last => Shape is { Count: > 0 } shape ? shape[^1] : -1;

    public override string ToString() => Shape is null ? $"{Name}: {Type}" : $"{Name}: {Type}[{string.Join(", ", Shape.Select(size => size < 0 ? "?" : $"{size}"))}]";
}
