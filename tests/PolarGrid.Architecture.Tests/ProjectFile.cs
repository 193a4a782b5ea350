using System.Xml.Linq;

namespace PolarGrid.Architecture.Tests;

/// <summary>What a project file refers to.</summary>
/// <param name="Name">Without extension, which is also the assembly's name but for the executable.</param>
/// <param name="References">Names of the projects it refers to.</param>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> References)
{
    public static ProjectFile Read(string file) => new(
        Path.GetFileNameWithoutExtension(file),
        [.. XDocument.Parse(Repository.Read(file)).Descendants("ProjectReference").Select(NameOf).Order(StringComparer.Ordinal)]);

    private static string NameOf(XElement reference) =>
        Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include") ?? "").Replace('\\', '/'));
}
