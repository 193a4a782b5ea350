using System.Text.RegularExpressions;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Architecture.Tests;

/// <summary>What a repository for everyone must not hold: where packages happened to come from, and where somebody's files lay.</summary>
public sealed partial class TrackedTextTests
{
    private const int MostTextBytes = 4 << 20;
    private static readonly string[] Binary = [".gguf", ".png", ".ico", ".onnx", ".wav", ".bin"];
    private static readonly (string File, string Text)[] Texts =
    [
        .. Repository.Files.Where(IsText).Select(file => (file, Repository.Read(file))),
    ];

    [Fact]
    public void No_file_names_the_host_of_a_package_registry() => Offenders(RegistryHost()).ShouldBeEmpty();

    [Fact]
    public void No_lock_file_says_where_a_package_was_fetched() =>
        Texts.Where(entry => entry.File.EndsWith("package-lock.json", StringComparison.Ordinal)
            && entry.Text.Contains("\"resolved\"", StringComparison.Ordinal)).Select(entry => entry.File).ShouldBeEmpty();

    [Fact]
    public void No_file_holds_a_path_of_one_machine() => Offenders(MachinePath()).ShouldBeEmpty();

    [Theory]
    [InlineData("\"resolved\": \"https://registry.example" + "js.org/openai\"", false)]
    [InlineData("https://registry.npm" + "js.org/openai", true)]
    [InlineData("https://api.nuget" + ".org/v3/index.json", true)]
    [InlineData("registry of packages", false)]
    public void Registry_hosts_are_recognised(string text, bool found) => RegistryHost().IsMatch(text).ShouldBe(found);

    [Theory]
    [InlineData("/ho" + "me/ada/src/PolarGrid", true)]
    [InlineData("C:\\Us" + "ers\\ada", true)]
    [InlineData("cd /ro" + "ot/polargrid", true)]
    [InlineData("~/src/PolarGrid", false)]
    [InlineData("models/*/wo" + "rk/", false)]
    public void Machine_paths_are_recognised(string text, bool found) => MachinePath().IsMatch(text).ShouldBe(found);

    private static IEnumerable<string> Offenders(Regex pattern) =>
        from entry in Texts
        from match in pattern.Matches(entry.Text)
        select $"{entry.File}: {match.Value}";

    private static bool IsText(string file) =>
        !Binary.Contains(Path.GetExtension(file)) && new FileInfo(SourceTree.At(file)).Length <= MostTextBytes;

    [GeneratedRegex(@"\b(registry\.(npm[j]s|yarn[p]kg)\.\w+|(api|www)?\.?nuge[t]\.org|(files\.)?pyp[i]\.org|pythonhoste[d]\.org|npm\.pk[g]\.github\.com)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w*.}~)$/-])/(home|root|work|Users|tmp/\w+)/\w|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
