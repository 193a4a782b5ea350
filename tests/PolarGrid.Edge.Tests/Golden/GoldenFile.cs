using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouldly;

namespace PolarGrid.Edge.Tests.Golden;

/// <summary>
/// Answers as they were agreed, byte for byte apart from random ids and this build's version. With <c>POLARGRID_GOLDEN=write</c> the
/// files are made anew; look at the difference before it is committed.
/// </summary>
internal static partial class GoldenFile
{
    public static void ShouldMatch(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, name);
        var normal = Normalise(actual);
        if (Environment.GetEnvironmentVariable("POLARGRID_GOLDEN") == "write") File.WriteAllText(path, normal);
        normal.ShouldBe(File.ReadAllText(path), name);
    }

    private static string Normalise(string text) =>
        Fingerprint().Replace(Version().Replace(RandomId().Replace(text, "$1ID"), "\"version\":\"VERSION\""), "fp_FINGERPRINT") + "\n";

    [GeneratedRegex("(chatcmpl-|cmpl-|req_)[0-9a-f]{24}")]
    private static partial Regex RandomId();

    [GeneratedRegex("\"version\":\"[^\"]+\"")]
    private static partial Regex Version();

    [GeneratedRegex("fp_[0-9a-f]{12}")]
    private static partial Regex Fingerprint();
}
