using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Running;

/// <summary>Chromium without a window.</summary>
internal static class Browser
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Full path; null where none is installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome")])
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a page and lets its scripts and requests come to an end.</summary>
    /// <returns>The document as it is then, as HTML.</returns>
    public static async Task<string> ReadAsync(Uri page)
    {
        using var profile = new TemporaryFolder();
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={profile.Path}", "--virtual-time-budget=10000", "--dump-dom", page.ToString(),
        ];
        await using var browser = ChildProcess.Start(Program!, arguments, new Dictionary<string, string?>());
        (await browser.WaitForEndAsync(Limit)).ShouldBe(0, browser.Error);
        return browser.Output;
    }
}
