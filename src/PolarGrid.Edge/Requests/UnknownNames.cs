using System.Buffers;

namespace PolarGrid.Edge.Requests;

/// <summary>The fields of one request that no table knows. They are ignored, and the answer's header says which they were.</summary>
internal sealed class UnknownNames
{
    /// <summary>On an answer whose request had some: their paths, with commas between.</summary>
    public const string Header = "x-polargrid-ignored";

    /// <summary>A header has no room for whatever a caller sends.</summary>
    private const int MostNames = 8;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.[]");

    private readonly List<string> names = [];

    /// <summary>How many there were, at any level.</summary>
    public int Count { get; private set; }

    /// <summary>As the caller wrote it, shortened. There is one as soon as anything was added.</summary>
    public string First => names[0];

    public void Add(string path)
    {
        Count++;
        if (names.Count < MostNames) names.Add(FieldReader.Quote(path));
    }

    /// <summary>The first eight, each with <c>?</c> in place of what a header may not hold, then how many more there were.</summary>
    public string ToHeader()
    {
        var listed = string.Join(", ", names.Select(name => string.Concat(name.Select(letter => Plain.Contains(letter) ? letter : '?'))));
        return Count > names.Count ? $"{listed}, and {Count - names.Count} more" : listed;
    }
}
