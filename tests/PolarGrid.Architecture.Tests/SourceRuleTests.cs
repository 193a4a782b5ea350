using System.Text.RegularExpressions;
using Shouldly;

namespace PolarGrid.Architecture.Tests;

/// <summary>What the analysers cannot say. (Clocks, sleeping and blocking on tasks are banned in src/BannedSymbols.txt.)</summary>
public sealed partial class SourceRuleTests
{
    private static readonly string[] Sources = [.. Repository.Under("src", ".cs")];

    [Fact]
    public void The_analyser_bans_wall_clocks_sleeping_and_blocking_on_tasks()
    {
        var banned = Repository.Read("src/BannedSymbols.txt");
        foreach (var symbol in (string[])["DateTime.UtcNow", "DateTimeOffset.UtcNow", "Task`1.Result", "Thread.Sleep"]) banned.ShouldContain(symbol);
        Repository.Read("src/Directory.Build.props").ShouldContain("BannedSymbols.txt");
    }

    [Fact]
    public void Native_functions_are_imported_with_LibraryImport() => Offenders(DllImport()).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_async_void() => Offenders(AsyncVoid()).ShouldBeEmpty();

    [Fact]
    public void Only_the_command_line_writes_to_the_console() =>
        Offenders(ConsoleWrite()).Where(found => !found.StartsWith("src/PolarGrid.Cli/", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_source_file_switches_a_banned_symbol_back_on() => Offenders(Unbanned()).ShouldBeEmpty();

    [Fact]
    public void A_source_file_stays_small_enough_to_read()
    {
        const int mostLines = 500;
        Sources.Where(file => Repository.Read(file).Count(letter => letter == '\n') > mostLines).ShouldBeEmpty();
    }

    private static IEnumerable<string> Offenders(Regex pattern) =>
        from file in Sources
        from match in pattern.Matches(CodeText.WithoutCommentsAndTexts(Repository.Read(file)))
        select $"{file}: {match.Value}";

    [GeneratedRegex(@"\bDllImport\b")]
    private static partial Regex DllImport();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"\bConsole\.(Out|Error|Write|WriteLine)\b")]
    private static partial Regex ConsoleWrite();

    [GeneratedRegex(@"#pragma\s+warning\s+disable\s+(RS0030|VSTHRD100)")]
    private static partial Regex Unbanned();
}
