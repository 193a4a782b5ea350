using System.Text.RegularExpressions;
using Shouldly;

namespace PolarGrid.Architecture.Tests;

/// <summary>
/// A document that names a file, folder or type fails when that name is gone. What counts as a name:
/// in backticks, without spaces and other signs of a command or a pattern, and
/// with a slash or a file's extension (a path), or in Pascal case, dotted or not (a name in the code);
/// in a fenced block, <c>Folder/Name</c> in Pascal case; and the target of a relative link.
/// </summary>
public sealed partial class DocumentTests
{
    private const string ModelCard = "models/polar-tiny/MODEL_CARD.md", ModelEvaluation = "models/polar-tiny/evaluation.json";
    private static readonly Lazy<HashSet<string>> CodeNames = new(() =>
        [.. Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(file => CodeText.Names(Repository.Read(file)))]);

    private static readonly string[] SourceProjects =
        [.. Repository.Under("src", ".csproj").Select(file => file[..(file.LastIndexOf('/') + 1)])];

    public static TheoryData<string> Documents() =>
    [
        .. Repository.Files.Where(file => file is "README.md" or "ARCHITECTURE.md" or "CONTRIBUTING.md" or "native/README.md"
            || (file.StartsWith("docs/adr/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal))),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Files_and_folders_that_a_document_names_exist(string document)
    {
        var named = Spans(document).Where(IsPath);
        named.Where(path => !PathExists(path, document)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Types_and_members_that_a_document_names_exist(string document)
    {
        var named = Spans(document).Where(span => !IsPath(span) && PascalName().IsMatch(span));
        named.Where(name => !NameExists(name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Types_in_a_diagram_exist_where_it_says(string document)
    {
        var named = Fence().Matches(Repository.Read(document)).SelectMany(fence => FolderAndName().Matches(fence.Value)).Select(match => match.Value);
        named.Where(name => !PathExists(name.Split('.')[0], document)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_to_files(string document)
    {
        var targets = Link().Matches(Repository.Read(document)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains(':') && Expected(target));
        targets.Where(target => !PathExists(target, document)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/PolarGrid.Edge/Gone", true)]
    [InlineData("Gone.cs", true)]
    [InlineData("GONE.md", true)]
    [InlineData("/v1/models", false)]
    [InlineData("--model NAME=PATH", false)]
    [InlineData("libggml-cpu-*.so", false)]
    [InlineData("~/.polargrid", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("Scheduling", false)]
    public void A_path_is_told_from_a_command(string span, bool isPath) => IsPath(span).ShouldBe(isPath);

    [Fact]
    public void A_name_that_is_gone_is_noticed()
    {
        NameExists("Schedul" + "erThatIsGone").ShouldBeFalse();
        PathExists("src/PolarGrid.Engine/Gone.cs", "README.md").ShouldBeFalse();
        PathExists("Scheduling/Gone", "ARCHITECTURE.md").ShouldBeFalse();
    }

    private static IEnumerable<string> Spans(string document) =>
        Span().Matches(Fence().Replace(Repository.Read(document), "")).Select(match => match.Groups[1].Value).Distinct();

    private static bool IsPath(string span) =>
        PlainPath().IsMatch(span) && (span.Contains('/') || FileName().IsMatch(span)) && !MediaType().IsMatch(span);

    /// <summary>From the root, from the document's folder, or inside one source project; a type may leave out its extension.</summary>
    private static bool PathExists(string path, string document)
    {
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        path = path.TrimEnd('/');
        if (!path.Contains('/') && Repository.Files.Any(file => Path.GetFileName(file) == path)) return true;
        var folder = document.Contains('/') ? document[..(document.LastIndexOf('/') + 1)] : "";
        return Enumerable.Concat(["", folder], SourceProjects).Any(place => Repository.Folders.Contains(place + path) || Repository.Files.Contains(place + path) || Repository.Files.Contains($"{place}{path}.cs"));
    }

    private static bool NameExists(string name) =>
        Repository.Folders.Any(folder => folder.EndsWith("/" + name, StringComparison.Ordinal))
        || name.Split('.').All(part => CodeNames.Value.Contains(part) || Repository.Folders.Any(folder => folder.EndsWith("/" + part, StringComparison.Ordinal)));

    /// <summary>The model's card is written when the model is evaluated.</summary>
    private static bool Expected(string target) => target != ModelCard || Repository.Files.Contains(ModelEvaluation);

    [GeneratedRegex("(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex Span();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(\./)?[A-Za-z0-9_][A-Za-z0-9_./-]*$")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"\.(cs|csproj|slnx|props|targets|md|sh|sql|mjs|jinja)$|^(BannedSymbols\.txt|package(-lock)?\.json)$")]
    private static partial Regex FileName();

    [GeneratedRegex("^(application|text|image|audio|multipart|gen_ai)/")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*(\.[A-Z]\w*[a-z]\w*)*$")]
    private static partial Regex PascalName();

    [GeneratedRegex(@"(?<![\w./:-])([A-Z][a-z]\w*/)+[A-Z][a-z]\w+(\.\w+)?")]
    private static partial Regex FolderAndName();
}
