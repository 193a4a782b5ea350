using System.Text.RegularExpressions;
using Shouldly;

namespace PolarGrid.Architecture.Tests;

/// <summary>Which project may refer to which: the table of ARCHITECTURE.md is the rule, so the map stays true.</summary>
public sealed partial class ReferenceTests
{
    private const string Prefix = "PolarGrid.";
    private static readonly string[] Projects = [.. Repository.Under("src", ".csproj")];

    [Fact]
    public void A_source_project_refers_only_to_what_the_architecture_allows()
    {
        var allowed = AllowedReferences();
        foreach (var project in Projects.Select(ProjectFile.Read))
        {
            allowed.ShouldContainKey(project.Name, "ARCHITECTURE.md has no row for it");
            project.References.Except(allowed[project.Name]).ShouldBeEmpty(
                $"{project.Name} may refer to {(allowed[project.Name].Length == 0 ? "no project" : string.Join(", ", allowed[project.Name]))}");
        }
    }

    [Fact]
    public void The_architecture_lists_every_source_project_and_no_other() =>
        AllowedReferences().Keys.Order().ShouldBe(Projects.Select(file => Path.GetFileNameWithoutExtension(file)!).Order());

    [Fact]
    public void The_engine_and_the_contracts_depend_on_no_package()
    {
        foreach (var name in (string[])["Contracts", "Engine"])
        {
            Repository.Read($"src/{Prefix}{name}/{Prefix}{name}.csproj").ShouldNotContain("PackageReference");
        }
    }

    [Fact]
    public void Source_projects_never_refer_to_tests_or_benchmarks()
    {
        foreach (var file in Projects) Repository.Read(file).ShouldNotMatch(@"Include=""[^""]*(tests|bench)[/\\]", file);
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Repository.Read("PolarGrid.slnx");
        foreach (var project in Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            solution.ShouldContain($"\"{project}\"");
        }
    }

    private static Dictionary<string, string[]> AllowedReferences() => Row().Matches(Repository.Read("ARCHITECTURE.md")).ToDictionary(
        row => row.Groups["project"].Value,
        row => row.Groups["allowed"].Value is "–" or "-"
            ? []
            : row.Groups["allowed"].Value.Split(',', StringSplitOptions.TrimEntries).Select(name => Prefix + name).ToArray());

    [GeneratedRegex(@"^\|\s*`src/(?<project>[\w.]+)`\s*\|[^|]*\|\s*(?<allowed>[^|]+?)\s*\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
