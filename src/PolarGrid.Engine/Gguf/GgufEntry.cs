namespace PolarGrid.Engine.Gguf;

/// <summary>One pair of the metadata. Long arrays and strings are not kept.</summary>
internal sealed record GgufEntry(string Key, long Offset, GgufValueType Type)
{
    /// <summary>For arrays.</summary>
    public GgufValueType ElementType { get; init; }

    /// <summary>Members of an array, else 1.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The value if it is a whole number or a boolean.</summary>
    public long Integer { get; init; }

    public double Real { get; init; }

    /// <summary>The value if it is a string that somebody here asks for.</summary>
    public string? Text { get; init; }

    /// <summary>The members of a short array of 32-bit integers.</summary>
    public long[]? Integers { get; init; }

    public string TypeName =>
        Type == GgufValueType.Array ? $"array of {GgufValueTypes.NameOf(ElementType)}" : GgufValueTypes.NameOf(Type);
}
