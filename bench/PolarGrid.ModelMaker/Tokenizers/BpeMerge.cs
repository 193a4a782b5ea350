namespace PolarGrid.ModelMaker.Tokenizers;

/// <summary>Two symbols that become one, both in the byte alphabet.</summary>
internal sealed record BpeMerge(string Left, string Right) : IComparable<BpeMerge>
{
    public string Joined => Left + Right;

    public int CompareTo(BpeMerge? other)
    {
        var left = string.CompareOrdinal(Left, other?.Left);
        return left != 0 ? left : string.CompareOrdinal(Right, other?.Right);
    }

    /// <summary>The form that GGUF keeps: neither half can hold a space, for the byte alphabet has none.</summary>
    public override string ToString() => $"{Left} {Right}";
}
