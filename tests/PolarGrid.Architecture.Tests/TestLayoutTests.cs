using Shouldly;

namespace PolarGrid.Architecture.Tests;

/// <summary>Tests lie where the code lies.</summary>
public sealed class TestLayoutTests
{
    /// <summary>Recorded wire shapes belong to no single feature.</summary>
    private const string GoldenFiles = "Golden";

    public static TheoryData<string> SourceProjects() =>
        [.. Repository.Under("src", ".csproj").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_source_project_has_tests(string project) =>
        Repository.Files.Contains($"tests/{project}.Tests/{project}.Tests.csproj").ShouldBeTrue($"tests/{project}.Tests is missing");

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void Folders_of_tests_are_folders_of_the_source(string project)
    {
        var root = $"tests/{project}.Tests/";
        var folders = Repository.Under($"tests/{project}.Tests", ".cs").Select(file => file[root.Length..])
            .Where(file => file.Contains('/')).Select(file => file[..file.LastIndexOf('/')]).Distinct();
        folders.Where(folder => folder != GoldenFiles && !Repository.Folders.Contains($"src/{project}/{folder}")).ShouldBeEmpty();
    }
}
